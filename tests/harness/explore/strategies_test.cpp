#include "harness/explore/strategies.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace nailbiter::explore {
namespace {

std::vector<runnable> three_strands() {
  std::vector<runnable> ready(3);
  for (strand_id i = 0; i < 3; ++i) ready[i].strand = static_cast<strand_id>(i + 1);
  return ready;
}

std::vector<std::size_t> decisions(strategy& decides, std::uint64_t seed) {
  std::vector<std::size_t> made;
  decides.begin(seed);
  auto ready = three_strands();
  for (auto& each : ready) decides.enabled(each);
  for (int i = 0; i < 50; ++i) made.push_back(decides.next(ready));
  return made;
}

TEST(Strategies, every_name_of_the_command_line_makes_one_and_no_other) {
  for (const char* name : {"portfolio", "pos", "pct", "random", "dfs", "fifo"})
    EXPECT_NE(make_strategy(name), nullptr) << name;
  EXPECT_EQ(make_strategy("luck"), nullptr);
}

TEST(Strategies, the_same_seed_decides_alike_whatever_was_decided_before) {
  for (const char* name : {"portfolio", "pos", "pct", "random", "fifo"}) {
    const auto decides = make_strategy(name);
    const auto first = decisions(*decides, 7);
    decisions(*decides, 8);
    EXPECT_EQ(decisions(*decides, 7), first) << name;
  }
}

TEST(Strategies, whoever_decides_for_the_portfolio_decides_alike_when_asked_itself) {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    portfolio asked({});
    const auto through_it = decisions(asked, seed);
    portfolio left_out({});
    left_out.begin(seed);
    strategy& member = left_out.deciding();
    EXPECT_NE(&member, &left_out);
    EXPECT_EQ(decisions(member, seed), through_it) << seed;
  }
}

TEST(Strategies, a_random_walk_picks_everybody) {
  random_walk walk;
  const auto made = decisions(walk, 1);
  EXPECT_EQ(std::set<std::size_t>(made.begin(), made.end()).size(), 3u);
}

TEST(Strategies, pct_starves_all_but_one_strand_between_change_points) {
  pct decides(1, 50);
  const auto made = decisions(decides, 1);
  EXPECT_EQ(std::set<std::size_t>(made.begin(), made.end()).size(), 1u);
}

TEST(Strategies, pct_lowers_the_running_strand_at_a_change_point) {
  pct decides(3, 20);
  std::set<std::size_t> chosen;
  for (const std::size_t index : decisions(decides, 3)) chosen.insert(index);
  EXPECT_EQ(chosen.size(), 3u);
}

TEST(Strategies, pos_draws_again_only_for_another_strand_that_conflicts) {
  pos decides;
  decides.begin(1);
  auto ready = three_strands();
  for (auto& each : ready) decides.enabled(each);
  ready[0].label.resource = ready[1].label.resource = 5;
  const auto before = ready;
  const runnable done{.label = {.session = 0, .kind = {}, .resource = 5}, .strand = 1, .priority = 0};
  const naild::task::resource_id touched[]{5};
  decides.executed(done, touched, ready);
  EXPECT_EQ(ready[0].priority, before[0].priority) << "the same strand";
  EXPECT_NE(ready[1].priority, before[1].priority) << "the same resource";
  EXPECT_EQ(ready[2].priority, before[2].priority) << "a private step";
}

TEST(Strategies, pos_draws_again_for_any_resource_that_a_step_touched_and_for_no_private_one) {
  pos decides;
  decides.begin(1);
  auto ready = three_strands();
  for (auto& each : ready) decides.enabled(each);
  ready[0].label.resource = 5;
  ready[1].label.resource = 9;
  const auto before = ready;
  const runnable done{.label = {}, .strand = 7, .priority = 0};
  decides.executed(done, std::array<naild::task::resource_id, 1>{0}, ready);
  EXPECT_EQ(ready[2].priority, before[2].priority) << "two private steps";
  decides.executed(done, std::array<naild::task::resource_id, 3>{0, 9, 5}, ready);
  EXPECT_NE(ready[0].priority, before[0].priority);
  EXPECT_NE(ready[1].priority, before[1].priority);
  EXPECT_EQ(ready[2].priority, before[2].priority);
}

TEST(Random, a_bound_is_never_reached_and_every_value_below_it_comes) {
  rng draws(1);
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(draws.below(7));
  EXPECT_EQ(seen.size(), 7u);
  EXPECT_LT(*seen.rbegin(), 7u);
}

}  // namespace
}  // namespace nailbiter::explore
