// A toy with a planted lost update: two strands read a counter, do something else, and write it back. FIFO order keeps
// them apart, so only a strategy can find it. Prints what each strategy needs.

#include "harness/explore/depth_first.hpp"
#include "harness/explore/replay.hpp"
#include "tests/harness/sim/sim_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace nailbiter::sim {
namespace {

constexpr task::step_label private_step{.session = 0, .kind = task::step_kind::post, .resource = 0};
constexpr task::step_label table_step{
    .session = 0, .kind = task::step_kind::post, .resource = task::session_table_resource};

class toy {
 public:
  explicit toy(int hops) : hops_(hops) {}

  /// Was an update lost?
  bool fails(explore::strategy& decides, std::uint64_t seed) {
    counter_ = 0;
    where_.begin(decides, seed);
    support::start(where_, increment(0));
    support::start(where_, increment(hops_));
    where_.run();
    where_.end();
    return counter_ != 2;
  }

  world& where() noexcept { return where_; }

 private:
  task::task<> increment(int hops_before) {
    const auto elsewhere = where_.ports().time.make_timer(private_step);
    const auto table = where_.ports().time.make_timer(table_step);
    for (int i = 0; i < hops_before; ++i) co_await elsewhere->until(0);
    co_await table->until(0);
    const int seen = counter_;
    co_await table->until(0);
    counter_ = seen + 1;
  }

  world where_;
  int hops_;
  int counter_ = 0;
};

/// Executions until the bug shows, over many campaigns: the median; `limit` when it does not.
std::uint64_t median_schedules(const char* name, int hops, std::uint64_t limit) {
  toy under_test(hops);
  const auto decides = explore::make_strategy(name, {.decisions_estimate = static_cast<std::uint32_t>(6 + hops)});
  std::vector<std::uint64_t> needed;
  for (std::uint64_t campaign = 0; campaign < 51; ++campaign) {
    std::uint64_t count = 1;
    while (count < limit && !under_test.fails(*decides, campaign * 1'000'003u + count)) ++count;
    needed.push_back(count);
  }
  std::ranges::nth_element(needed, needed.begin() + 25);
  return needed[25];
}

TEST(PlantedBug, fifo_order_never_shows_it) {
  toy under_test(4);
  EXPECT_FALSE(under_test.fails(*explore::make_strategy("fifo"), 1));
}

TEST(PlantedBug, every_exploring_strategy_finds_a_lost_update) {
  for (const int hops : {4, 8}) {
    for (const char* name : {"random", "pct", "pos", "portfolio"}) {
      const std::uint64_t median = median_schedules(name, hops, 20'000);
      std::printf("lost update, %d hops, %s: median %llu schedules\n", hops, name,
                  static_cast<unsigned long long>(median));
      EXPECT_LT(median, 2'000u) << name;
    }
  }
}

TEST(PlantedBug, depth_first_search_visits_every_schedule_of_the_toy) {
  toy under_test(2);
  explore::depth_first decides;
  int executions = 0;
  int failures = 0;
  do {
    failures += under_test.fails(decides, 0) ? 1 : 0;
    ++executions;
  } while (!decides.exhausted());
  // Strands of 3 and 5 steps interleave in 8! / (3! 5!) ways.
  EXPECT_EQ(executions, 56);
  EXPECT_GT(failures, 0);
}

TEST(PlantedBug, few_departures_from_the_calm_schedule_are_enough_to_show_it) {
  toy under_test(8);
  explore::depth_first decides(1);
  int failures = 0;
  do {
    failures += under_test.fails(decides, 0) ? 1 : 0;
  } while (!decides.exhausted());
  EXPECT_GT(failures, 0);
}

TEST(PlantedBug, the_schedule_that_found_it_shows_it_again) {
  toy under_test(4);
  const auto decides = explore::make_strategy("portfolio");
  std::uint64_t seed = 1;
  while (!under_test.fails(*decides, seed)) ++seed;
  const explore::schedule record = explore::make_schedule(under_test.where().trace(), seed, "portfolio", "");
  explore::replay again(record);
  EXPECT_TRUE(under_test.fails(again, seed));
  EXPECT_FALSE(again.divergence_at_end());
}

}  // namespace
}  // namespace nailbiter::sim
