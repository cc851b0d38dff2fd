// The protocols of run output, console, binding and pool over many schedules, and copies of their code with planted
// bugs, each of which must be found.

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/explore/replay.hpp"
#include "harness/explore/strategies.hpp"
#include "reference/task/job_pool.hpp"
#include "tests/threads/green_support.hpp"
#include "tests/threads/protocols_support.hpp"

#include "binding_not_inherited.hpp"
#include "detach_misses_a_helper.hpp"
#include "restored_out_of_order.hpp"
#include "swapped_before_drain.hpp"
#include "written_to_a_reused_slot.hpp"

namespace threads {
namespace {

namespace explore = nailbiter::explore;

struct as_written {
  using output_watcher = naild::stdio::output_watcher;
  using late_sink = naild::stdio::late_sink;
  using renderer = naild::stdio::renderer;
  using piece = naild::stdio::output_piece;
  template <class Sync>
  using output = naild::stdio::basic_shared_output<Sync>;
  template <class Slot>
  using scope = naild::stdio::basic_binding_scope<Slot>;
  template <class Slot, class Work>
  static auto inherit(Work work) {
    return naild::stdio::basic_inherit<Slot>(std::move(work));
  }
};

#define PLANTED_OUTPUT(bug)                                  \
  struct bug {                                               \
    using output_watcher = planted::bug::output_watcher;     \
    using late_sink = planted::bug::late_sink;               \
    using renderer = planted::bug::renderer;                 \
    using piece = planted::bug::output_piece;                \
    template <class Sync>                                    \
    using output = planted::bug::basic_shared_output<Sync>;  \
  }
#define PLANTED_BINDING(bug)                                        \
  struct bug {                                                      \
    template <class Slot>                                           \
    using scope = planted::bug::basic_binding_scope<Slot>;          \
    template <class Slot, class Work>                               \
    static auto inherit(Work work) {                                \
      return planted::bug::basic_inherit<Slot>(std::move(work));    \
    }                                                               \
  }

PLANTED_OUTPUT(detach_misses_a_helper);
PLANTED_OUTPUT(swapped_before_drain);
PLANTED_OUTPUT(written_to_a_reused_slot);
PLANTED_BINDING(binding_not_inherited);
PLANTED_BINDING(restored_out_of_order);

/// Jobs of a pool run once each, a given-up thread is replaced, and the pool stops.
std::string pool(fiber_world& world, strategy& decides, std::uint64_t seed) {
  using pool_type = naild::task::basic_job_pool<fiber_sync>;
  pool_type jobs({.threads_max = 2, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  std::array<int, 6> runs{};
  std::size_t still_working = 0;
  signal stuck_began, may_end, quick_done;
  int quick = 4;
  const auto start = [&](std::uint32_t owner, std::function<void()> work) {
    std::uint64_t ticket = 0;
    const auto got = jobs.start(owner, work, pool_type::busy::wait, ticket);
    if (got == pool_type::answer::needs_thread) world.start([&jobs, ticket] { jobs.work(ticket); });
  };
  world.begin(decides, seed);
  world.start([&] {
    start(7, [&] { stuck_began.set(); may_end.wait(); ++runs[5]; });
    for (int i = 0; i < 4; ++i) {
      start(1, [&, i] {
        ++runs[static_cast<std::size_t>(i)];
        if (--quick == 0) quick_done.set();
      });
    }
    stuck_began.wait();
    const auto removed = jobs.give_up(7);
    for (std::size_t i = 0; i < removed.threads_needed; ++i) world.start([&jobs] { jobs.work(); });
    quick_done.wait();
    may_end.set();
    still_working = jobs.stop();
  });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  if (std::ranges::count(runs, 1) != 5) return "a job ran twice or never";
  return still_working <= 3 ? "" : "too many threads at the end";  // two and a lost one
}

/// The median over 50 seeds.
void expect_found(const char* bug, protocol play) {
  constexpr std::uint64_t limit = 1'000;
  const auto decides = explore::make_strategy("portfolio", {.decisions_estimate = 60});
  std::vector<std::uint64_t> needed;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) needed.push_back(schedules_until_wrong(play, *decides, seed, limit));
  std::ranges::sort(needed);
  std::printf("%s: median %llu schedules, worst %llu\n", bug, static_cast<unsigned long long>(needed[25]),
              static_cast<unsigned long long>(needed.back()));
  EXPECT_LE(needed.back(), limit) << bug;
}

TEST(Protocols, detaching_loses_nothing_and_misses_nobody) { expect_green("detach", detach<as_written>); }
TEST(Protocols, the_next_run_of_a_slot_gets_nothing_of_the_last) { expect_green("slot", reused_slot<as_written>); }
TEST(Protocols, the_console_changes_hands_without_a_loss) { expect_green("exclusive", exclusive<as_written>); }
TEST(Protocols, bindings_are_inherited_and_restored) { expect_green("binding", binding<as_written>); }
TEST(Protocols, a_pool_runs_each_job_once_and_stops) { expect_green("pool", pool); }

TEST(PlantedBugs, a_helper_that_waits_for_room_is_missed_by_the_detach) {
  expect_found("detach misses a helper", detach<detach_misses_a_helper>);
}
TEST(PlantedBugs, the_renderer_goes_before_who_is_inside_it) {
  expect_found("swapped before drain", exclusive<swapped_before_drain>);
}
TEST(PlantedBugs, a_late_thread_writes_to_a_reused_slot) {
  expect_found("written to a re-used slot", reused_slot<written_to_a_reused_slot>);
}
TEST(PlantedBugs, a_helper_does_not_inherit_the_binding) {
  expect_found("binding not inherited", binding<binding_not_inherited>);
}
TEST(PlantedBugs, scopes_restore_out_of_order) {
  expect_found("restored out of order", binding<restored_out_of_order>);
}

TEST(Fibers, the_schedule_that_found_a_bug_shows_it_again) {
  fiber_world world;
  const auto decides = explore::make_strategy("portfolio", {.decisions_estimate = 60});
  std::uint64_t seed = 1;
  while (exclusive<swapped_before_drain>(world, *decides, seed).empty()) ++seed;
  const explore::schedule record = explore::make_schedule(world.what_ran(), seed, "portfolio", "");
  explore::replay again(record);
  EXPECT_NE(exclusive<swapped_before_drain>(world, again, seed), "");
  EXPECT_FALSE(again.divergence_at_end());
}

}  // namespace
}  // namespace threads
