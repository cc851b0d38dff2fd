#include "harness/plan/plan_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/plan/op_table.hpp"

namespace nailbiter::plan {
namespace {

op any_op() {
  return {.kind = op_table()[*rc::gen::inRange<std::size_t>(0, op_table().size())].kind,
          .number = *rc::gen::arbitrary<std::uint64_t>(),
          .text = *rc::gen::arbitrary<std::string>()};
}

std::optional<std::string> maybe_text() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *rc::gen::arbitrary<std::string>();
}

expectation any_expectation() {
  expectation to;
  to.ends = *rc::gen::element(ending::exits, ending::cancelled, ending::refused, ending::no_answer);
  if (*rc::gen::arbitrary<bool>()) to.exit_code = *rc::gen::arbitrary<std::int32_t>();
  to.stdout_text = maybe_text();
  to.stderr_text = maybe_text();
  to.stderr_contains = maybe_text();
  to.stdout_is_prefix = *rc::gen::arbitrary<bool>();
  to.within_ms = *rc::gen::arbitrary<std::uint64_t>();
  return to;
}

client any_client() {
  client to{.name = *rc::gen::arbitrary<std::string>()};
  to.script = *rc::gen::arbitrary<std::vector<std::string>>();
  to.environment = *rc::gen::arbitrary<std::vector<std::string>>();
  to.working_dir = *rc::gen::arbitrary<std::string>();
  to.header = *rc::gen::arbitrary<bool>();
  to.stdin_from = *rc::gen::element(stdin_source::none, stdin_source::empty, stdin_source::text, stdin_source::flood);
  to.stdin_text = *rc::gen::arbitrary<std::string>();
  to.pace = *rc::gen::element(stdin_pace::per_grant, stdin_pace::streaming);
  to.heartbeat_ms = *rc::gen::arbitrary<std::uint64_t>();
  to.starts_after = *rc::gen::arbitrary<std::string>();
  to.starts_at_turn = *rc::gen::arbitrary<std::uint64_t>();
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) to.ops.push_back(any_op());
  to.expect = any_expectation();
  return to;
}

RC_GTEST_PROP(PlanJson, any_plan_survives_its_text_form, ()) {
  plan what{.case_id = *rc::gen::arbitrary<std::string>()};
  what.seed = *rc::gen::arbitrary<std::uint64_t>();
  what.daemon_args = *rc::gen::arbitrary<std::vector<std::string>>();
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) what.clients.push_back(any_client());
  const auto read = from_json(to_json(what));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == what);
}

TEST(PlanJson, what_equals_its_default_is_left_out) {
  EXPECT_EQ(to_json({.case_id = "a/b", .clients = {{.name = "c"}}}),
            "{\n \"case\": \"a/b\",\n \"clients\": [\n  {\n   \"name\": \"c\"\n  }\n ]\n}\n");
}

TEST(PlanJson, an_unknown_key_is_refused_with_the_nearest) {
  EXPECT_EQ(from_json(R"({"case": "x", "transprt": "tcp"})").error(),
            "unknown key 'transprt'; the nearest is 'transport'");
}

TEST(PlanJson, wrong_types_and_broken_text_are_errors_and_not_crashes) {
  EXPECT_FALSE(from_json(R"({"case": 3})"));
  EXPECT_FALSE(from_json(R"({"case": "x", "seed": -1})"));
  EXPECT_FALSE(from_json(R"({"case": "x", "clients": {}})"));
  EXPECT_FALSE(from_json("{"));
  EXPECT_FALSE(from_json("[]"));
}

}  // namespace
}  // namespace nailbiter::plan
