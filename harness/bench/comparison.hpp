#pragma once

// The benchmark: naild against the floor, in many short rounds. Both of a pair run one right behind the other on the same
// processors, and who is first changes from round to round, so that what the machine does meanwhile meets both.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/bench/figure.hpp"

namespace nailbiter::bench {

struct settings {
  std::string naild;                     // path of the program
  std::vector<std::string> floor_argv;   // a program that serves the floor; the socket's path is added
  std::uint32_t rounds = 21;
  std::uint32_t sequential_runs = 500;   // a round and placement
  std::uint32_t parallel_runs = 4'000;   // a round and number of connections
  bool count_instructions = true;
  std::function<bool()> keep_going{};    // asked between measurements; empty = yes
};

/// The figures with their budgets. A text if a server cannot be started or answers wrongly.
tl::expected<std::vector<figure>, std::string> compare(const settings& how);

}  // namespace nailbiter::bench
