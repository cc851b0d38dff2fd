#include "harness/explore/step_origins.hpp"

#include <gtest/gtest.h>

#include "harness/explore/strategies.hpp"

namespace nailbiter::explore {
namespace {

/// A world that runs the oldest strand and says what becomes runnable, as the simulator does.
class told {
 public:
  told() { origins_.begin(0); }

  void enable(strand_id strand) { origins_.enabled(ready_.emplace_back(runnable{.strand = strand})); }

  /// One step, in which these become runnable; then its own strand again, if it goes on.
  void step(std::vector<strand_id> enables, bool goes_on = false) {
    if (ready_.size() > 1) (void)origins_.next(ready_);
    const runnable done = ready_.front();
    ready_.erase(ready_.begin());
    for (const strand_id each : enables) enable(each);
    origins_.executed(done, {}, ready_);
    if (goes_on) enable(done.strand);
  }

  std::vector<std::uint32_t> origins() const { return origins_.by_step(); }

 private:
  fifo in_order_;
  step_origins origins_{in_order_};
  std::vector<runnable> ready_;
};

constexpr auto nobody = step_origins::nobody;

TEST(StepOrigins, are_the_steps_that_made_a_strand_runnable) {
  told world;
  world.enable(1);
  world.enable(2);
  world.step({3});    // 0: of strand 1
  world.step({4});    // 1: of strand 2
  world.step({});     // 2: of 3
  world.step({});     // 3: of 4
  EXPECT_EQ(world.origins(), (std::vector<std::uint32_t>{nobody, nobody, 0, 1}));
}

TEST(StepOrigins, of_a_strand_that_goes_on_is_its_own_last_step) {
  told world;
  world.enable(1);
  world.enable(2);
  world.step({}, true);   // 0: of 1
  world.step({});         // 1: of 2
  world.step({});         // 2: of 1
  EXPECT_EQ(world.origins(), (std::vector<std::uint32_t>{nobody, nobody, 0}));
}

TEST(StepOrigins, of_a_strand_that_has_just_run_and_is_woken_by_the_only_other_one_is_that) {
  told world;
  world.enable(1);
  world.enable(2);
  world.step({});     // 0: of 1, which is at its end
  world.step({1});    // 1: of 2, alone, wakes it
  world.step({});     // 2: of 1
  EXPECT_EQ(world.origins(), (std::vector<std::uint32_t>{nobody, nobody, 1}));
}

}  // namespace
}  // namespace nailbiter::explore
