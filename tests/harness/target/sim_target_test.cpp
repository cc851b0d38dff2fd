#include "harness/target/sim_target.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "harness/explore/strategy.hpp"
#include "harness/target/wire_log.hpp"

namespace nailbiter::target {
namespace {

using plan::op_kind;

plan::client client_of(std::string name, std::vector<std::string> script) {
  plan::client who;
  who.name = std::move(name);
  who.script = std::move(script);
  return who;
}

plan::plan plan_of(std::vector<plan::client> clients) {
  plan::plan what;
  what.case_id = "test/tiny";
  what.transport = "sim";
  what.clients = std::move(clients);
  return what;
}

case_result run_once(const plan::plan& what, std::uint64_t seed, std::uint64_t* hash = nullptr) {
  simulated_target target;
  const auto strategy = explore::make_strategy("portfolio");
  case_result result = target.run(what, *strategy, seed);
  if (hash != nullptr) *hash = target.world().hash();
  return result;
}

void expect_pass(const plan::plan& what, std::uint64_t seeds = 20) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const case_result result = run_once(what, seed);
    ASSERT_EQ(result.summary.result, check::outcome::pass)
        << "seed " << seed << " " << result.summary.checker << ": " << describe(result.summary.why) << " " << result.summary.detail << "\n"
        << wire_log(result.observed) << result.daemon_log;
  }
}

TEST(SimTarget, a_run_that_writes_and_exits_passes) { expect_pass(plan_of({client_of("a", {"out hello\\n", "exit 3"})})); }

TEST(SimTarget, the_same_seed_gives_the_same_schedule_and_history) {
  const plan::plan what = plan_of({client_of("a", {"out x", "wait t"}), client_of("b", {"stream 1 4096", "exit 7"})});
  plan::plan with_go = what;
  with_go.clients[0].ops = {{.kind = op_kind::until_at, .text = "t"}, {.kind = op_kind::go, .text = "t"}};
  std::uint64_t first = 0, second = 0;
  const case_result one = run_once(with_go, 5, &first);
  const case_result two = run_once(with_go, 5, &second);
  EXPECT_EQ(first, second);
  EXPECT_EQ(one.observed, two.observed);
  EXPECT_EQ(one.summary.result, check::outcome::pass) << one.summary.detail;
}

TEST(SimTarget, a_target_that_is_used_again_gives_the_same_as_a_fresh_one) {
  const plan::plan what = plan_of({client_of("a", {"out x", "barrier all"}), client_of("b", {"barrier all", "exit 7"})});
  simulated_target target;
  const auto strategy = explore::make_strategy("portfolio");
  target.recycle(target.run(what, *strategy, 1));
  const case_result again = target.run(what, *strategy, 2);
  EXPECT_EQ(again.observed, run_once(what, 2).observed);
}

TEST(SimTarget, a_barrier_releases_all_when_all_have_arrived) {
  std::vector<plan::client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(client_of("c" + std::to_string(i), {"barrier all", "stream 1 1000", "exit 7"}));
  expect_pass(plan_of(std::move(clients)));
}

TEST(SimTarget, stdin_is_echoed_by_cat) {
  plan::client who = client_of("a", {"cat"});
  who.stdin_from = plan::stdin_source::text;
  who.stdin_text = "one two three";
  who.stdin_chunk_bytes = 4;
  expect_pass(plan_of({who}));
}

TEST(SimTarget, a_half_close_cancels_a_hanging_run) {
  plan::client who = client_of("a", {"hang"});
  who.ops = {{.kind = op_kind::until_started}, {.kind = op_kind::half_close}};
  who.expect.ends = plan::ending::cancelled;
  expect_pass(plan_of({who}));
}

TEST(SimTarget, a_close_beside_full_stdin_cancels_the_run_and_no_neighbour) {
  plan::client leaver = client_of("a", {"read 1", "hang"});
  leaver.stdin_from = plan::stdin_source::flood;
  leaver.ops = {{.kind = op_kind::until_started}, {.kind = op_kind::until_stdin_stuck}, {.kind = op_kind::close}};
  leaver.expect.ends = plan::ending::cancelled;
  expect_pass(plan_of({leaver, client_of("b", {"stream 1 5000", "exit 7"})}), 10);
}

TEST(SimTarget, a_schedule_that_starves_the_leaver_turns_fair_and_ends) {
  plan::client who = client_of("a", {"flood"});
  who.ops = {{.kind = op_kind::until_started}, {.kind = op_kind::half_close}};
  who.expect.ends = plan::ending::cancelled;
  const plan::plan what = plan_of({who, client_of("b", {"out x"})});
  simulated_target target({.hostile_decisions_max = 500});
  const auto strategy = explore::make_strategy("pct");
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const case_result result = target.run(what, *strategy, seed);
    ASSERT_EQ(result.summary.result, check::outcome::pass) << "seed " << seed << " " << result.summary.detail;
  }
}

TEST(SimTarget, a_plan_that_needs_a_process_is_not_exercised) {
  plan::client who = client_of("a", {"hang"});
  who.ops = {{.kind = op_kind::kill}};
  EXPECT_EQ(run_once(plan_of({who}), 1).summary.result, check::outcome::not_exercised);
}

TEST(SimTarget, a_client_that_says_nothing_meets_the_header_timeout_under_virtual_time) {
  plan::plan what = plan_of({client_of("a", {})});
  what.daemon_args = {"--header-timeout-ms=200"};
  what.clients[0].header = false;
  what.clients[0].ops = {{.kind = op_kind::until_exit}};
  what.clients[0].expect.ends = plan::ending::refused;
  expect_pass(what, 3);
}

/// A run whose token comes for ever too late, as after a lost wake-up.
plan::client stuck(std::string name) { return client_of(std::move(name), {"wait t"}); }

std::size_t heartbeats_in(const case_result& result) {
  return static_cast<std::size_t>(std::ranges::count_if(result.observed.events, [](const history::event& seen) {
    return seen.kind == history::event_kind::sent_chunk && seen.type == 'H';
  }));
}

void expect_named_as_lost(const case_result& result) {
  EXPECT_EQ(result.summary.why, check::reason::no_exit) << result.summary.detail;
  const auto told = std::ranges::find(result.verdicts, std::string_view("liveness"), &check::verdict::checker);
  ASSERT_NE(told, result.verdicts.end());
  EXPECT_NE(told->detail.find("nothing but time goes on"), std::string::npos) << told->detail;
}

TEST(SimTarget, a_lost_wake_up_is_named_before_the_limit_that_would_hide_it) {
  plan::client beat_once = stuck("a");
  beat_once.ops = {{.kind = op_kind::heartbeat}};
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const case_result result = run_once(plan_of({beat_once}), seed);
    expect_named_as_lost(result);
    EXPECT_LT(result.duration_ns, naild::port::milliseconds(1'000)) << "the limit of heartbeats is 10 s";
  }
}

TEST(SimTarget, a_lost_wake_up_is_named_before_a_client_beats) {
  plan::client beating = stuck("a");
  beating.heartbeat_ms = 50;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const case_result result = run_once(plan_of({beating}), seed);
    expect_named_as_lost(result);
    EXPECT_EQ(heartbeats_in(result), 0u);
  }
}

TEST(SimTarget, beats_for_ever_do_not_hide_a_lost_wake_up_where_a_limit_is_waited_for) {
  plan::client beating = stuck("a");
  beating.heartbeat_ms = 50;
  plan::client silent = client_of("b", {"hang"});
  silent.ops = {{.kind = op_kind::heartbeat}};
  silent.expect.ends = plan::ending::cancelled;
  const case_result result = run_once(plan_of({beating, silent}), 1);
  expect_named_as_lost(result);
  EXPECT_GT(result.duration_ns, naild::port::milliseconds(30'000)) << "longer than any limit after the last that ended something";
  EXPECT_LT(result.duration_ns, naild::port::milliseconds(40'000));
}

/// A core that is not naild: it answers every header a while after it has come.
class late_core final : public simulated_core {
 public:
  explicit late_core(const core_parts& given) : given_(given), timer_(given.world.time.make_timer({})) {}

  naild::task::task<> run() override {
    auto stream = co_await given_.door.accept();
    std::string header;
    while (stream && header.find("puppet") == header.npos) {
      std::array<char, 4096> buffer;
      const auto got = co_await (*stream)->read_some(buffer);
      if (!got) co_return;
      header.append(buffer.data(), *got);
    }
    (void)co_await timer_->until(given_.world.time.now() + naild::port::milliseconds(700));
    (void)co_await (*stream)->write_some(std::string_view("\0\0\0\1X0", 6));
    (*stream)->close();
  }
  std::size_t sessions() const override { return 0; }

 private:
  core_parts given_;
  std::unique_ptr<naild::port::timer> timer_;
};

TEST(SimTarget, another_core_may_take_its_time) {
  simulated_target target({.makes = [](const core_parts& given) { return std::make_unique<late_core>(given); }});
  const auto strategy = explore::make_strategy("fifo");
  const case_result result = target.run(plan_of({client_of("a", {"exit 0"})}), *strategy, 1);
  EXPECT_EQ(result.summary.result, check::outcome::pass) << result.summary.detail;
  EXPECT_GE(result.duration_ns, naild::port::milliseconds(700));
}

}  // namespace
}  // namespace nailbiter::target
