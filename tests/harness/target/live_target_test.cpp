#include "harness/target/live_target.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/target/temporary_directory.hpp"
#include "harness/target/wire_log.hpp"

namespace nailbiter::target {
namespace {

using plan::op_kind;

const std::filesystem::path& naild_program() {
  static const std::filesystem::path program = std::filesystem::path(NAILBITER_BINARY_DIR) / "bin" / "naild";
  return program;
}

class LiveTarget : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(std::filesystem::exists(naild_program())) << "no naild beside the tests";
    auto made = temporary_directory::make();
    ASSERT_TRUE(made) << made.error();
    directory_.emplace(std::move(*made));
  }

  plan::client client_of(std::string name, std::vector<std::string> script) {
    plan::client who;
    who.name = std::move(name);
    who.script = std::move(script);
    return who;
  }

  plan::plan plan_of(std::vector<plan::client> clients) {
    plan::plan what;
    what.case_id = "test/tiny";
    what.transport = GetParam();
    what.clients = std::move(clients);
    return what;
  }

  void expect_pass(const plan::plan& what) {
    const target_description naild = naild_at(naild_program());
    live_target target(naild, directory_->path());
    for (int round = 0; round < 2; ++round) {
      const case_result result = target.run(what);
      ASSERT_EQ(result.summary.result, check::outcome::pass)
          << result.summary.checker << ": " << describe(result.summary.why) << " " << result.summary.detail << "\n"
          << result.wire_log << result.daemon_log;
    }
  }

  std::optional<temporary_directory> directory_;
};

TEST_P(LiveTarget, a_run_that_writes_and_exits_passes) { expect_pass(plan_of({client_of("a", {"out hello\\n", "exit 3"})})); }

TEST_P(LiveTarget, runs_meet_at_a_barrier_over_control) {
  expect_pass(plan_of({client_of("a", {"barrier all", "stream 1 10000"}), client_of("b", {"barrier all", "exit 7"})}));
}

TEST_P(LiveTarget, a_close_cancels_a_hanging_run) {
  plan::client who = client_of("a", {"hang"});
  who.ops = {{.kind = op_kind::until_started}, {.kind = op_kind::close}};
  who.expect.ends = plan::ending::cancelled;
  expect_pass(plan_of({who, client_of("b", {"out x"})}));
}

TEST_P(LiveTarget, a_program_runs) {
  plan::client who = client_of("a", {});
  who.command = {"{program}", "/bin/echo", "hello"};
  who.environment = {"PATH=/usr/bin:/bin"};
  who.expect.stdout_text = "hello\n";
  expect_pass(plan_of({who}));
}

TEST_P(LiveTarget, a_case_beyond_its_deadline_is_unknown) {
  plan::plan what = plan_of({client_of("a", {"wait never"})});
  what.deadline_ms = 200;
  const target_description naild = naild_at(naild_program());
  live_target target(naild, directory_->path());
  const case_result result = target.run(what);
  EXPECT_EQ(result.summary.result, check::outcome::unknown) << result.summary.detail;
  EXPECT_EQ(result.observed.events.empty(), false);
}

TEST_P(LiveTarget, a_case_in_which_nothing_moves_fails_and_shows_where_the_daemon_waits) {
  const plan::plan what = plan_of({client_of("a", {"wait never"})});
  const target_description naild = naild_at(naild_program());
  live_target target(naild, directory_->path());
  const case_result result = target.run(what);
  EXPECT_EQ(result.summary.result, check::outcome::fail) << result.summary.detail;
  EXPECT_EQ(result.summary.why, check::reason::no_exit);
  const auto stacks = std::ranges::find(result.observed.events, history::event_kind::stacks, &history::event::kind);
  ASSERT_NE(stacks, result.observed.events.end());
  EXPECT_NE(stacks->text.find("naild"), std::string::npos) << stacks->text;
  // Its puppet has been ended, so the daemon serves on.
  EXPECT_EQ(target.run(plan_of({client_of("b", {"exit 3"})})).summary.result, check::outcome::pass);
}

TEST_P(LiveTarget, a_start_that_fails_by_a_case_s_own_options_says_nothing_of_others) {
  const target_description naild = naild_at(naild_program());
  live_target target(naild, directory_->path());
  auto odd = plan_of({client_of("a", {"exit 3"})});
  odd.daemon_args = {"--no-such-option"};
  const auto refused = target.run(odd);
  EXPECT_EQ(refused.summary.result, check::outcome::unknown);
  EXPECT_FALSE(refused.no_daemon);
  EXPECT_EQ(target.run(plan_of({client_of("a", {"exit 3"})})).summary.result, check::outcome::pass);
}

TEST_P(LiveTarget, a_start_that_fails_over_one_transport_ends_none_that_has_answered_over_another) {
  target_description naild = naild_at(naild_program());
  live_target target(naild, directory_->path());
  auto what = plan_of({client_of("a", {"exit 3"})});
  EXPECT_EQ(target.run(what).summary.result, check::outcome::pass);
  naild.command = {"/nonexistent/naild"};
  what.transport = what.transport == "unix" ? "tcp" : "unix";
  const auto refused = target.run(what);
  EXPECT_EQ(refused.summary.result, check::outcome::unknown);
  EXPECT_FALSE(refused.no_daemon);
}

INSTANTIATE_TEST_SUITE_P(transports, LiveTarget, testing::Values("unix", "tcp"),
                         [](const auto& chosen) { return chosen.param; });

TEST(LiveTargetStart, a_command_that_ends_at_once_is_told_with_what_it_said) {
  auto directory = temporary_directory::make();
  ASSERT_TRUE(directory) << directory.error();
  target_description broken = naild_at("/bin/echo");
  live_target target(broken, directory->path());
  plan::plan what;
  what.clients.emplace_back().name = "a";
  const case_result result = target.run(what);
  EXPECT_EQ(result.summary.result, check::outcome::unknown);
  EXPECT_NE(result.summary.detail.find("ended with exit code 0 before it could be used; it printed:\n--listen unix:"), std::string::npos) << result.summary.detail;
}

TEST(LiveTargetStart, where_the_first_start_fails_no_other_is_tried_over_that_transport) {
  auto directory = temporary_directory::make();
  ASSERT_TRUE(directory) << directory.error();
  target_description absent = naild_at("/nonexistent/naild");
  live_target target(absent, directory->path());
  plan::plan what;
  const auto first = target.run(what);
  EXPECT_TRUE(first.no_daemon);
  EXPECT_EQ(first.summary.detail, "cannot start /nonexistent/naild: No such file or directory");
  absent.command = {"/bin/echo"};
  EXPECT_EQ(target.run(what).summary.detail, first.summary.detail);
  what.transport = "tcp";
  EXPECT_NE(target.run(what).summary.detail, first.summary.detail);
}

TEST(LiveTargetStart, an_address_at_which_nobody_listens_is_named_with_the_reason) {
  target_description nobody;
  nobody.connect = "unix:/nonexistent/socket";
  live_target target(nobody, "/nonexistent");
  const auto seen = target.run(plan::plan{});
  EXPECT_TRUE(seen.no_daemon);
  EXPECT_NE(seen.summary.detail.find("nobody answers at unix:/nonexistent/socket: no such socket;"), std::string::npos) << seen.summary.detail;
}

TEST(LiveTargetStart, a_plan_of_a_transport_that_the_target_lacks_is_not_exercised) {
  target_description only_tcp;
  only_tcp.unix_form.clear();
  live_target target(only_tcp, "/nonexistent");
  EXPECT_EQ(target.run(plan::plan{}).summary.result, check::outcome::not_exercised);
}

}  // namespace
}  // namespace nailbiter::target
