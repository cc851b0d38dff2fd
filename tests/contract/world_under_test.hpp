#pragma once

// What the port contract suite needs of a world: its ports, a place to listen and a way to run one task to its end. A
// world joins the suite by one INSTANTIATE_TEST_SUITE_P in a file of its own (see io_world_test.cpp).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "reference/port/listener.hpp"
#include "reference/port/thread_pool.hpp"
#include "reference/port/world.hpp"
#include "reference/task/job_pool.hpp"
#include "reference/task/task.hpp"

namespace contract {

/// A world that lives for one case and is thrown away, suspended tasks and all.
class world_under_test {
 public:
  virtual ~world_under_test() = default;

  virtual naild::port::world ports() = 0;

  /// A pool with these bounds; asked for once.
  virtual naild::port::thread_pool& threads(naild::task::job_pool_bounds most) = 0;

  /// A listener at an address of its own that ports().network reaches; never null. Before run_to_end() or inside it.
  virtual std::unique_ptr<naild::port::listener> listen() = 0;

  /// Spawns `body` on a fresh strand and runs the world until it has ended. False when it never does: nothing is left
  /// to run (a simulated world), or a deadline that no healthy body meets has passed (a real one).
  virtual bool run_to_end(naild::task::task<> body) = 0;
};

/// How the suite names and makes a world. `seed` draws whatever the world may choose (the simulator's schedule).
struct world_kind {
  std::string name;  // letters and underscores
  std::function<std::unique_ptr<world_under_test>(std::uint64_t seed)> make;
  bool sees_reset = true;  // port::byte_stream::reset() reads as reset at the peer, not as end of stream
};

class port_contract : public testing::TestWithParam<world_kind> {
 protected:
  std::unique_ptr<world_under_test> make(std::uint64_t seed = 1) const { return GetParam().make(seed); }
};

inline std::string name_of_world(const testing::TestParamInfo<world_kind>& info) { return info.param.name; }

}  // namespace contract
