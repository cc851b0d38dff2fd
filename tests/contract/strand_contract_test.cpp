// A strand runs its steps one at a time in the order of their posts, and several strands get on side by side.

#include <memory>

#include <rapidcheck.h>

#include "tests/contract/sighting.hpp"

namespace contract {
namespace {

using namespace naild;

/// A strand that notes what runs on it; another strand posts to it.
struct recorder {
  recorder(task::strand_pool& pool, task::strand& of_the_test)
      : where(pool.make_strand(1, "recorder")), home(of_the_test), all_here(of_the_test, {}) {}

  void expect(int count) { wanted = count; }
  void post(int value) {
    task::post(where, {}, [this, value] {
      on_own_strand = on_own_strand && where.running_here() && !home.running_here();
      order.push_back(value);
      if (static_cast<int>(order.size()) == wanted) task::post(home, {}, [this] { all_here.set(); });
    });
  }

  task::strand& where;
  task::strand& home;
  task::event all_here;
  int wanted = 0;
  std::vector<int> order;
  bool on_own_strand = true;
};

task::task<> post_to_all(const std::vector<std::uint8_t>& targets, std::vector<std::unique_ptr<recorder>>& all, world_under_test& world) {
  task::strand& here = co_await task::this_strand();
  for (int i = 0; i < 3; ++i) all.push_back(std::make_unique<recorder>(world.ports().strands, here));
  std::vector<int> counts(all.size());
  for (const std::uint8_t target : targets) ++counts[target];
  for (std::size_t i = 0; i < all.size(); ++i) all[i]->expect(counts[i]);
  int value = 0;
  for (const std::uint8_t target : targets) all[target]->post(value++);
  for (std::size_t i = 0; i < all.size(); ++i) {
    recorder& one = *all[i];
    if (counts[i] > 0) co_await one.all_here;
    world.ports().strands.retire_strand(one.where);
  }
}

TEST_P(port_contract, each_strand_runs_its_steps_in_the_order_of_their_posts) {
  const bool held = rc::check("any posts", [this] {
    const auto targets = *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::inRange<std::uint8_t>(0, 3));
    auto world = make(*rc::gen::arbitrary<std::uint64_t>());
    std::vector<std::unique_ptr<recorder>> all;
    RC_ASSERT(world->run_to_end(post_to_all(targets, all, *world)));
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<int> wanted;
      for (std::size_t at = 0; at < targets.size(); ++at) {
        if (targets[at] == i) wanted.push_back(static_cast<int>(at));
      }
      RC_ASSERT(all[i]->order == wanted);
      RC_ASSERT(all[i]->on_own_strand);
    }
  });
  EXPECT_TRUE(held);
}

/// Two tasks on two strands that wake each other in turn: neither ends without the other.
struct rally {
  rally(task::strand& one, task::strand& other) : left(one), right(other) {}

  task::strand& left;
  task::strand& right;
  task::event to_left{left, {}};
  task::event to_right{right, {}};
  int turns = 0;
};

constexpr int rally_turns = 200;

task::task<> play_right(rally& game) {
  for (int turn = 0; turn < rally_turns; ++turn) {
    co_await game.to_right;
    ++game.turns;
    task::post(game.left, {}, [&game] { game.to_left.set(); });
  }
}

task::task<> play_left(world_under_test& world, int& turns) {
  task::strand& here = co_await task::this_strand();
  rally game(here, world.ports().strands.make_strand(2, "right"));
  task::spawn_and_retire(world.ports().strands, game.right, play_right(game), {});
  for (int turn = 0; turn < rally_turns; ++turn) {
    task::post(game.right, {}, [&game] { game.to_right.set(); });
    co_await game.to_left;
  }
  turns = game.turns;
}

TEST_P(port_contract, two_strands_that_wait_for_each_other_both_get_on) {
  auto world = make();
  int turns = 0;
  ASSERT_TRUE(world->run_to_end(play_left(*world, turns)));
  EXPECT_EQ(turns, rally_turns);
}

}  // namespace
}  // namespace contract
