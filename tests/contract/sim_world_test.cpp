// The simulated world joins the contract suite: once in FIFO order, once under the portfolio of exploring strategies.

#include <fmt/core.h>

#include "harness/sim/world.hpp"
#include "reference/task/spawn.hpp"
#include "tests/contract/world_under_test.hpp"

namespace contract {
namespace {

using namespace naild;

class sim_world final : public world_under_test {
 public:
  sim_world(const char* strategy, std::uint64_t seed) : decides_(nailbiter::explore::make_strategy(strategy)) {
    where_.begin(*decides_, seed);
  }
  ~sim_world() override {
    where_.end();
    threads_.end();
  }

  port::world ports() override { return where_.ports(); }

  port::thread_pool& threads(task::job_pool_bounds most) override {
    threads_.begin(most);
    return threads_;
  }

  std::unique_ptr<port::listener> listen() override {
    return std::move(*where_.listen(fmt::format("{}", ++listeners_)));
  }

  bool run_to_end(task::task<> body) override {
    ended_ = false;
    task::spawn(where_.ports().strands.make_strand(0, "contract"), run(std::move(body)), {});
    where_.run();
    return ended_;
  }

 private:
  task::task<> run(task::task<> body) {
    co_await std::move(body);
    ended_ = true;
  }

  std::unique_ptr<nailbiter::explore::strategy> decides_;
  nailbiter::sim::world where_;
  nailbiter::sim::thread_pool threads_ = where_.make_threads();
  unsigned listeners_ = 0;
  bool ended_ = false;
};

world_kind kind_of(std::string name, const char* strategy) {
  return {.name = std::move(name),
          .make = [=](std::uint64_t seed) { return std::make_unique<sim_world>(strategy, seed); }};
}

INSTANTIATE_TEST_SUITE_P(sim, port_contract,
                         testing::Values(kind_of("fifo", "fifo"), kind_of("portfolio", "portfolio")), name_of_world);

}  // namespace
}  // namespace contract
