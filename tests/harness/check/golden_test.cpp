// Golden histories: golden/<checker>/*.history, each with the verdict that its checker must give, in a line
// "# expect: <result> | <reason> | <witness>", and where the words count "# detail: <text>". Add one by writing a file.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "harness/check/judge.hpp"
#include "harness/check/verdict.hpp"
#include "harness/history/history_text.hpp"

namespace nailbiter::check {
namespace {

namespace fs = std::filesystem;

const fs::path golden_dir = fs::path(NAILBITER_SOURCE_DIR) / "tests/harness/check/golden";

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What a line of the golden says behind `word`; nullopt: it has none.
std::optional<std::string> line_of(const std::string& text, std::string_view word) {
  const auto at = text.find(word);
  if (at == std::string::npos) return std::nullopt;
  const auto begin = at + word.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

const char* describe_result(outcome result) {
  switch (result) {
    case outcome::pass:
      return "pass";
    case outcome::fail:
      return "fail";
    case outcome::unknown:
      return "unknown";
    case outcome::not_exercised:
      return "not exercised";
  }
  return "?";
}

std::string to_line(const verdict& found) {
  std::ostringstream out;
  out << describe_result(found.result) << " | " << describe(found.why) << " |";
  for (const auto at : found.witness) out << ' ' << at;
  return out.str();
}

struct golden {
  fs::path file;
  history::history observed;
  std::string expected;               // "fail | two exits | 3 4"
  std::optional<std::string> detail;  // unset: the golden does not say
};

std::vector<golden> goldens_of(const std::string& checker_name) {
  std::vector<golden> all;
  for (const auto& entry : fs::directory_iterator(golden_dir / checker_name)) {
    const std::string text = contents(entry.path());
    auto observed = history::from_text(text);
    if (!observed) {
      ADD_FAILURE() << entry.path() << ": " << to_string(observed.error());
      continue;
    }
    all.push_back({entry.path(), std::move(*observed), line_of(text, "# expect: ").value_or("no line \"# expect:\""), line_of(text, "# detail: ")});
  }
  return all;
}

class Golden : public testing::TestWithParam<checker> {};

TEST_P(Golden, histories_get_their_verdict_with_its_reason_and_witness) {
  for (const auto& each : goldens_of(GetParam().name)) {
    const verdict found = GetParam().judge(each.observed);
    EXPECT_EQ(to_line(found), each.expected) << each.file << '\n' << found.detail;
    EXPECT_EQ(found.detail, each.detail.value_or(found.detail)) << each.file;
    EXPECT_EQ(found.checker, GetParam().name);
  }
}

TEST_P(Golden, histories_show_the_checker_both_passing_and_failing) {
  std::set<outcome> seen;
  for (const auto& each : goldens_of(GetParam().name)) seen.insert(GetParam().judge(each.observed).result);
  EXPECT_TRUE(seen.contains(outcome::pass));
  EXPECT_TRUE(seen.contains(outcome::fail));
}

TEST_P(Golden, histories_get_the_same_verdict_from_a_judge_of_many) {
  for (const auto& each : goldens_of(GetParam().name)) {
    const auto all = plan_judge(each.observed.what)(each.observed);
    const auto mine = std::ranges::find(all, std::string_view(GetParam().name), &verdict::checker);
    ASSERT_NE(mine, all.end());
    EXPECT_EQ(*mine, GetParam().judge(each.observed)) << each.file;
  }
}

INSTANTIATE_TEST_SUITE_P(OfEachChecker, Golden, testing::ValuesIn(all_checkers().begin(), all_checkers().end()),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Goldens, show_every_reason_that_fails) {
  std::set<reason> seen;
  for (const checker& each : all_checkers()) {
    for (const auto& one : goldens_of(each.name)) seen.insert(each.judge(one.observed).why);
  }
  for (auto why = reason::chunk_after_exit; why <= reason::deadline;
       why = static_cast<reason>(static_cast<int>(why) + 1)) {
    EXPECT_TRUE(seen.contains(why)) << describe(why);
  }
}

bool leaks_by_nature(std::string_view name) { return name == "isolation" || name == "cancellation" || name == "sanitizer"; }

TEST(Goldens, that_pass_their_own_checker_are_no_leak_to_any_other) {
  for (const checker& each : all_checkers()) {
    if (leaks_by_nature(each.name)) continue;
    for (const auto& one : goldens_of(each.name)) {
      for (const verdict& found : judge(one.observed))
        EXPECT_FALSE(is_leak(found.why)) << one.file << ": " << found.detail;
    }
  }
}

TEST(Goldens, survive_a_round_trip_through_text) {
  for (const checker& each : all_checkers()) {
    for (const auto& one : goldens_of(each.name))
      EXPECT_EQ(history::from_text(to_text(one.observed)).value(), one.observed) << one.file;
  }
}

}  // namespace
}  // namespace nailbiter::check
