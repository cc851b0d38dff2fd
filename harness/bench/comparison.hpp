#pragma once

// The benchmark: naild against the floor, in rounds that take turns, so that both see the same machine.

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
  std::uint32_t rounds = 5;
  std::uint32_t sequential_runs = 2'000; // a round
  std::uint32_t parallel_runs = 20'000;  // a round and number of connections
  bool count_instructions = true;
  std::function<bool()> keep_going{};    // asked between measurements; empty = yes
};

/// The figures with their budgets. A text if a server cannot be started or answers wrongly.
tl::expected<std::vector<figure>, std::string> compare(const settings& how);

}  // namespace nailbiter::bench
