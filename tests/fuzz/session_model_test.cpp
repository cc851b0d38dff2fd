// The oracle of the session target: it agrees with the machine on every cell of the table, and it does see a difference.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/session_events.hpp"
#include "fuzz/session_pair.hpp"

namespace {

using namespace naild::session;
using fuzz::session_table;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string golden_text() { return text_of(FUZZ_SESSION_TABLE); }

using cell_name = std::pair<std::string, std::string>;  // input, state

/// The first difference; `visited` is every cell on the way there.
std::optional<std::string> first_difference(const session_table& table, const std::string& input, std::set<cell_name>& visited) {
  fuzz::fuzz_input bytes(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  const fuzz::step first = fuzz::first_session();
  std::optional<fuzz::session_pair> subject(std::in_place, table, first.bounds, first.grant);
  while (!bytes.empty()) {
    fuzz::step next = fuzz::next_step(bytes);
    if (!next.what) {
      subject.emplace(table, next.bounds, next.grant);
      continue;
    }
    const state before = subject->now();
    if (auto difference = subject->tell(std::move(*next.what))) return difference;
    visited.emplace(name_of(subject->last_input()), name_of(before));
  }
  return std::nullopt;
}

std::optional<std::string> first_difference_in_corpus(const session_table& table, std::set<cell_name>& visited) {
  static const std::vector<std::string> inputs = [] {
    std::vector<std::string> read;
    for (const auto& file : std::filesystem::directory_iterator(NAILBITER_SOURCE_DIR "/fuzz/corpus/session_machine")) read.push_back(text_of(file.path()));
    return read;
  }();
  for (const std::string& input : inputs) {
    if (auto difference = first_difference(table, input, visited)) return difference;
  }
  return std::nullopt;
}

TEST(SessionModel, agrees_with_the_machine_in_every_cell_that_a_session_can_reach) {
  std::set<cell_name> visited;
  const auto table = session_table::parse(golden_text());
  ASSERT_TRUE(table.has_value()) << table.error();
  EXPECT_EQ(first_difference_in_corpus(*table, visited), std::nullopt);

  std::set<cell_name> missing;
  for (std::size_t what = 0; what < input_count; ++what) {
    for (std::size_t from = 0; from < state_count; ++from) {
      const cell_name cell(name_of(static_cast<input>(what)), name_of(static_cast<state>(from)));
      if (!visited.contains(cell)) missing.insert(cell);
    }
  }
  // Stdin before its `S` is a violation; a client that is gone is not waited for before the run or after it.
  const std::set<cell_name> impossible{{"stdin_data", "header"},  {"stdin_data", "waiting"},
                                       {"stdin_eof", "header"},   {"stdin_eof", "waiting"},
                                       {"nail_exited_unheard", "header"},  {"nail_exited_unheard", "waiting"},
                                       {"nail_exited_unheard", "running"}, {"nail_exited_unheard", "exiting"},
                                       {"nail_exited_unheard", "lingering"}};
  EXPECT_EQ(missing, impossible);
}

TEST(SessionModel, sees_a_change_of_any_such_cell) {
  std::set<cell_name> reachable;
  const auto golden = session_table::parse(golden_text());
  ASSERT_TRUE(golden.has_value());
  ASSERT_EQ(first_difference_in_corpus(*golden, reachable), std::nullopt);
  for (std::size_t what = 0; what < input_count; ++what) {
    for (std::size_t from = 0; from < state_count; ++from) {
      const auto row = static_cast<input>(what);
      const auto column = static_cast<state>(from);
      if (!reachable.contains({name_of(row), name_of(column)})) continue;
      const bool closes = golden->at(row, column).what == reaction::close;
      std::set<cell_name> on_the_way;
      const auto changed = golden->with(row, column, closes ? cell{reaction::ignore, column} : cell{reaction::close, state::closed});
      EXPECT_NE(first_difference_in_corpus(changed, on_the_way), std::nullopt) << name_of(row) << " in " << name_of(column);
    }
  }
}

TEST(SessionTable, refuses_a_text_that_lacks_something) {
  const std::string text = golden_text();
  EXPECT_FALSE(session_table::parse("").has_value());
  EXPECT_FALSE(session_table::parse(text.substr(0, text.rfind('\n', text.size() - 2))).has_value());
  std::string unknown = text;
  EXPECT_FALSE(session_table::parse(unknown.replace(unknown.find("| keep"), 6, "| kept")).has_value());
  std::string short_row = text;
  EXPECT_FALSE(session_table::parse(short_row.erase(short_row.rfind('|'), 1)).has_value());
}

TEST(SessionEvents, an_edit_leaves_whole_events_keeps_to_its_room_and_goes_either_way) {
  std::minstd_rand random(1);
  const std::string events(30, 'e');
  std::set<std::size_t> lengths;
  std::set<std::string> made;
  for (int i = 0; i < 2000; ++i) {
    const std::string edited = fuzz::mutated(events, 60, random);
    ASSERT_EQ(edited.size() % fuzz::event_bytes, 0u);
    ASSERT_LE(edited.size(), 60u);
    ASSERT_FALSE(edited.empty());
    lengths.insert(edited.size());
    made.insert(edited);
  }
  EXPECT_LT(*lengths.begin(), 15u);
  EXPECT_EQ(*lengths.rbegin(), 60u);
  EXPECT_GT(made.size(), 1000u);
}

TEST(SessionEvents, an_edit_without_room_leaves_nothing) {
  std::minstd_rand random(1);
  EXPECT_EQ(fuzz::mutated("abcdef", 2, random), "");
}

TEST(SessionEvents, a_crossing_has_the_beginning_of_one_and_the_end_of_the_other) {
  std::minstd_rand random(1);
  const std::string left(30, 'l');
  const std::string right(30, 'r');
  for (int i = 0; i < 200; ++i) {
    const std::string made = fuzz::crossed(left, right, 45, random);
    ASSERT_LE(made.size(), 45u);
    ASSERT_EQ(made.size() % fuzz::event_bytes, 0u);
    ASSERT_TRUE(std::is_sorted(made.begin(), made.end())) << made;
  }
}

}  // namespace
