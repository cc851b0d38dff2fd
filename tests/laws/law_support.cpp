#include "tests/laws/law_support.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <utility>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "harness/plan/plan_json.hpp"
#include "tests/laws/generators_support.hpp"

namespace nailbiter::laws {
namespace {

double case_factor() {
  const char* text = std::getenv("NAILBITER_LAW_CASES");
  const double factor = text == nullptr ? 1.0 : std::strtod(text, nullptr);
  return factor > 0 ? factor : 1.0;
}

std::string shown(const played& what, std::size_t client) {
  return fmt::format("{} in seed {} of {}: {}", what.observed.what.clients.at(client).name, what.seed,
                     plan::to_json(what.observed.what), to_string(what.clients.at(client)));
}

/// How many cases held.
int held_cases(const rc::detail::TestResult& result) {
  if (result.template is<rc::detail::SuccessResult>()) return result.template get<rc::detail::SuccessResult>().numSuccess;
  if (result.template is<rc::detail::FailureResult>()) return result.template get<rc::detail::FailureResult>().numSuccess;
  if (result.template is<rc::detail::GaveUpResult>()) return result.template get<rc::detail::GaveUpResult>().numSuccess;
  return 0;
}

/// The factor is part of it: how large a case is depends on how many there are.
std::string replay_line() {
  const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
  return fmt::format("RC_PARAMS=\"seed={}\" NAILBITER_LAW_CASES={} {}/tests/tests_laws --gtest_filter='{}.{}'",
                     rc::detail::configuration().testParams.seed, case_factor(), NAILBITER_BINARY_DIR, test->test_suite_name(), test->name());
}

}  // namespace

rc::detail::TestResult check(const law& what, subject& held_by, int cases) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = std::max(1, static_cast<int>(cases * case_factor()));
  const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test->test_suite_name()) + '/' + test->name();
  const rc::detail::TestMetadata metadata{.id = name, .description = test->name()};
  return rc::detail::checkTestable([&] { what(held_by); }, metadata, params);
}

void expect_holds(const law& what, subject& held_by, int cases) {
  const rc::detail::TestResult result = check(what, held_by, cases);
  testing::Test::RecordProperty("cases", held_cases(result));  // for who adds them up: --gtest_output
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  ADD_FAILURE() << text.str() << "\nagain: " << replay_line();
}

void expect_holds_simulated(const law& what, int cases) {
  simulated_subject simulated;
  expect_holds(what, simulated, cases);
}

void require_same(const char* sentence, const played& one, std::size_t client_of_one, const played& other,
                  std::size_t client_of_other) {
  if (one.clients.at(client_of_one) == other.clients.at(client_of_other)) return;
  RC_FAIL(fmt::format("{}\n  {}\n  {}", sentence, shown(one, client_of_one), shown(other, client_of_other)));
}

void fail_case(const std::string& sentence, const played& what) {
  std::string text = sentence;
  for (std::size_t client = 0; client < what.clients.size(); ++client) text += "\n  " + shown(what, client);
  RC_FAIL(text);
  std::abort();
}

played alone(subject& held_by, const plan::client& who, std::vector<std::string> daemon_args) {
  const std::uint64_t seed = *a_seed().as("seed alone");
  return held_by.play(plan_of({who}, std::move(daemon_args)), seed);
}

}  // namespace nailbiter::laws
