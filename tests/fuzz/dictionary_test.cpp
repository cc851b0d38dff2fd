// The dictionaries name what the parsers know: a word that no parser knows any more is out of date.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "fuzz/session_events.hpp"

namespace {

const std::filesystem::path root = NAILBITER_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string sources_of(const std::vector<std::string>& folders) {
  std::string all;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::directory_iterator(root / folder)) all += text_of(entry.path());
  }
  return all;
}

struct dictionary_word {
  std::string name;
  std::string text;  // as it is written, between the quotes
};

std::vector<dictionary_word> words_of(const std::string& dictionary) {
  std::vector<dictionary_word> words;
  std::ifstream file(root / "fuzz/dictionaries" / dictionary);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto quote = line.find("=\"");
    if (quote == std::string::npos || line.size() < quote + 4 || line.back() != '"') {
      ADD_FAILURE() << dictionary << ": " << line;
      continue;
    }
    words.push_back({line.substr(0, quote), line.substr(quote + 2, line.size() - quote - 3)});
  }
  EXPECT_FALSE(words.empty()) << dictionary;
  return words;
}

// Words whose name begins so stand in the parsers as they are, the first quote of a key of JSON aside.
void are_known(const std::string& dictionary, const std::vector<std::string>& prefixes, const std::string& sources) {
  for (const auto& [name, text] : words_of(dictionary)) {
    const bool is_word = std::ranges::any_of(prefixes, [&](const std::string& prefix) { return name.starts_with(prefix); });
    if (!is_word) continue;
    const std::string plain = text.starts_with("\\\"") ? text.substr(2, text.size() - 5) : text;
    EXPECT_NE(sources.find(plain), std::string::npos) << dictionary << " has '" << plain << "', which no parser names";
  }
}

TEST(Dictionaries, of_toml_names_what_the_readers_know) {
  are_known("toml.dict", {"word_"}, sources_of({"harness/scenario", "harness/plan", "reference/daemon"}));
}

TEST(Dictionaries, of_histories_names_events_ops_and_keys) {
  are_known("history.dict", {"event_", "op_", "key_"}, sources_of({"harness/history", "harness/plan"}));
}

// "\x03\x00\x01": every byte of the events is written so.
std::string bytes_of(const std::string& text) {
  std::string bytes;
  for (std::size_t at = 0; at + 4 <= text.size(); at += 4) bytes.push_back(static_cast<char>(std::stoi(text.substr(at + 2, 2), nullptr, 16)));
  return bytes;
}

TEST(Dictionaries, of_events_calls_each_by_its_kind_and_has_them_all) {
  std::set<std::string> kinds;
  for (const auto& [name, text] : words_of("events.dict")) {
    const std::string bytes = bytes_of(text);
    ASSERT_EQ(bytes.size(), fuzz::event_bytes) << name;
    fuzz::fuzz_input input(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    const fuzz::step said = fuzz::next_step(input);
    const std::string kind = said.what ? naild::session::name_of(said.what->kind) : "session";
    EXPECT_TRUE(name.starts_with(kind)) << name << " is " << kind;
    kinds.insert(kind);
  }
  EXPECT_EQ(kinds.size(), fuzz::event_kinds + 1);
}

TEST(Dictionaries, are_all_well_formed) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root / "fuzz/dictionaries")) {
    words_of(entry.path().filename().string());
    ++files;
  }
  EXPECT_GE(files, 5u);
}

}  // namespace
