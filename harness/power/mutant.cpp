#include "harness/power/mutant.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/scenario/table_reader.hpp"

namespace nailbiter::power {
namespace {

namespace fs = std::filesystem;
using scenario::table_reader;

constexpr std::array<std::string_view, 8> mutant_keys{"id", "family", "title", "kind", "upstream", "events", "shows", "edit"};
constexpr std::array<std::string_view, 7> shows_keys{"level", "case", "exit", "reason", "hops", "schedules", "missing"};
constexpr std::array<std::string_view, 3> edit_keys{"file", "find", "replace"};

bool notes_wrong_state(const scenario::node* edits, scenario::fault_list& faults) {
  const auto* list = edits == nullptr ? nullptr : std::get_if<scenario::list>(&edits->value);
  if (list == nullptr) return false;
  return std::ranges::any_of(*list, [&faults](const scenario::node& each) {
    const auto* edit = std::get_if<scenario::table>(&each.value);
    return edit != nullptr && table_reader(*edit, edit_keys, faults).text("replace").value_or("").find("$WRONG(") != std::string::npos;
  });
}

tl::expected<mutant, std::string> read_mutant(const fs::path& path) {
  const auto document = scenario::read_document(path.string());
  if (!document) return tl::unexpected(to_string(document.error()));
  scenario::fault_list faults(path.string());
  const table_reader in(document->root, mutant_keys, faults);
  mutant one{.id = in.required_text("id", 1), .name = {}, .title = in.required_text("title", 1), .is_control = in.text("kind") == "control"};
  one.name = one.id;
  if (one.id != path.stem().string()) faults.add(in.line("id"), "its id must be " + path.stem().string());
  if (const auto* shows = in.sub_table("shows")) {
    const table_reader where(*shows, shows_keys, faults);
    const auto level_name = where.required_text("level", in.line("shows"));
    if (level_name != "sim" && level_name != "live") faults.add(where.line("level"), "a level is sim or live");
    one.home = level_name == "live" ? level::live : level::sim;
    one.case_id = where.required_text("case", in.line("shows"));
    one.hops = where.whole("hops").value_or(0);
    one.missing = where.text("missing").value_or("");
  } else {
    faults.add(1, "it needs a table [shows]");
  }
  one.says_when_wrong = notes_wrong_state(in.find("edit"), faults);
  if (!faults.empty()) return tl::unexpected(to_string(faults.take().front()));
  return one;
}

}  // namespace

const char* name_of(level where) noexcept { return where == level::sim ? "sim" : "live"; }

tl::expected<std::vector<mutant>, std::string> load_mutants(const fs::path& folder) {
  std::error_code ec;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (ec || files.empty()) return tl::unexpected(folder.string() + " holds no mutant");
  std::ranges::sort(files);
  std::vector<mutant> all;
  for (const auto& path : files) {
    auto one = read_mutant(path);
    if (!one) return tl::unexpected(one.error());
    all.push_back(std::move(*one));
  }
  return all;
}

std::string waking_word(const mutant& one) { return one.id + ':' + std::to_string(one.hops); }

}  // namespace nailbiter::power
