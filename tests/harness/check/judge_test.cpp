#include "harness/check/judge.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <iostream>
#include <set>

#include "harness/plan/self_identifying.hpp"

namespace nailbiter::check {
namespace {

using history::event;
using history::event_kind;

plan::plan plan_of_streams(std::size_t clients, std::uint64_t bytes) {
  plan::plan what;
  what.case_id = "judge/streams";
  for (std::size_t i = 0; i < clients; ++i) {
    plan::client who;
    who.name = "run" + std::to_string(i);
    who.script = {"stream 1 " + std::to_string(bytes)};
    what.clients.push_back(std::move(who));
  }
  return what;
}

/// All clients at once, `piece` bytes a chunk in turn, then their exits.
history::history streams_side_by_side(const plan::plan& what, std::uint64_t bytes, std::uint64_t piece) {
  history::history observed;
  observed.what = what;
  const auto count = static_cast<std::uint32_t>(what.clients.size());
  const auto add = [&](event_kind kind, std::uint32_t actor, char type, std::string text) {
    const auto size = static_cast<std::int64_t>(text.size());
    observed.events.push_back({kind, actor, observed.events.size() * 1000, type, size, std::move(text)});
  };
  for (std::uint32_t i = 0; i < count; ++i)
    add(event_kind::connected, i, 0, {}), add(event_kind::sent_header, i, 0, {});
  for (std::uint64_t at = 0; at < bytes; at += piece) {
    for (std::uint32_t i = 0; i < count; ++i) {
      std::string text;
      plan::append_stream(text, {what.clients[i].name, 1}, at, std::min(piece, bytes - at));
      add(event_kind::received_chunk, i, '1', std::move(text));
    }
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    add(event_kind::received_chunk, i, 'X', "0");
    for (const auto kind : {event_kind::received_end, event_kind::closed, event_kind::client_finished})
      add(kind, i, 0, {});
  }
  return observed;
}

TEST(Judge, says_how_a_daemon_ended_and_not_its_wait_status) {
  const auto told = [](int status) {
    history::history observed;
    observed.what = plan_of_streams(1, 64);
    observed.events.push_back({.kind = event_kind::daemon_ended, .actor = history::no_actor, .number = status});
    return summary(judge(observed)).detail;
  };
  EXPECT_EQ(told(11), "the daemon's process was ended by signal 11 (SIGSEGV)");
  EXPECT_EQ(told(128 + 11), "the daemon's process was ended by signal 11 (SIGSEGV)");  // and left a core
  EXPECT_EQ(told(9 << 8), "the daemon's process ended with exit code 9");
}

TEST(Judge, finds_nothing_wrong_with_streams_side_by_side) {
  const auto what = plan_of_streams(8, 640);
  for (const verdict& found : judge(streams_side_by_side(what, 640, 50)))
    EXPECT_NE(found.result, outcome::fail) << found.checker << ": " << found.detail;
}

TEST(Judge, names_each_checker_once) {
  std::set<std::string> names;
  for (const verdict& found : judge({})) names.insert(found.checker);
  EXPECT_EQ(names.size(), all_checkers().size());
}

RC_GTEST_PROP(Judge, finds_a_foreign_slice_at_any_alignment, ()) {
  const std::uint64_t bytes = 1024;
  const auto what = plan_of_streams(3, bytes);
  auto observed = streams_side_by_side(what, bytes, *rc::gen::inRange<std::uint64_t>(1, 200));
  // 90 bytes hold the beginning of a line whole, wherever they start.
  std::string slice;
  plan::append_stream(slice, {"run1", 1}, *rc::gen::inRange<std::uint64_t>(0, bytes - 90), 90);
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < observed.events.size(); ++i) {
    if (observed.events[i].type == '1' && observed.events[i].actor == 0) own.push_back(i);
  }
  auto& text = observed.events[own[*rc::gen::inRange<std::size_t>(0, own.size())]].text;
  text.insert(*rc::gen::inRange<std::size_t>(0, text.size() + 1), slice);
  const verdict found = summary(judge(observed));
  RC_ASSERT(found.result == outcome::fail);
  RC_ASSERT(found.why == reason::foreign_bytes);
}

RC_GTEST_PROP(Judge, says_the_same_however_the_bytes_are_cut, ()) {
  const auto what = plan_of_streams(2, 512);
  const auto verdicts = judge(streams_side_by_side(what, 512, *rc::gen::inRange<std::uint64_t>(1, 600)));
  RC_ASSERT(summary(verdicts).result == outcome::pass);
}

RC_GTEST_PROP(Judge, never_fails_on_arbitrary_events,
              (const std::vector<std::tuple<std::uint8_t, std::uint8_t, char, std::string>>& raw)) {
  history::history observed;
  observed.what = plan_of_streams(3, 128);
  observed.what.clients[1].expect.ends = plan::ending::cancelled;
  observed.what.clients[2].script = {"barrier all"};
  observed.what.checks = {"resources"};
  constexpr auto kinds = static_cast<std::uint8_t>(event_kind::census) + 1;
  for (const auto& [kind, actor, type, text] : raw) {
    observed.events.push_back(
        {static_cast<event_kind>(kind % kinds), actor % 5u, observed.events.size(), type, 1, text});
  }
  for (const verdict& found : judge(observed)) {
    for (const auto at : found.witness) RC_ASSERT(at < observed.events.size());
  }
}

double seconds_of(const auto& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// Figures, not assertions: the budgets are 5 s for 10^6 events, 100 us for a small case with all that it costs to run.
TEST(Judge, prints_what_judging_costs) {
  const std::uint64_t bytes = 64 * 125'000;
  const auto big = streams_side_by_side(plan_of_streams(8, bytes), bytes, 64);
  std::cout << big.events.size() << " events through all checkers: " << seconds_of([&] { judge(big); }) << " s\n";

  const auto small = streams_side_by_side(plan_of_streams(8, 256), 256, 64);
  const plan_judge prepared(small.what);
  constexpr int rounds = 2000;
  const double all = seconds_of([&] {
    for (int i = 0; i < rounds; ++i) prepared(small);
  });
  std::cout << small.events.size() << " events of a small case: " << all / rounds * 1e6 << " us\n";
}

}  // namespace
}  // namespace nailbiter::check
