#pragma once

// What a plan says about its clients, worked out once for many histories of it: expected bytes, exit codes, barriers.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/plan/expected_output.hpp"
#include "harness/plan/plan.hpp"

namespace nailbiter::check {

/// One stream of one client.
struct expected_stream {
  plan::produced bytes{};
  bool constrained = false;  // false: the daemon may say here what it likes
  bool may_be_cut = false;   // a prefix is enough
};

struct expected_client {
  std::array<expected_stream, 2> streams{};  // stdout, stderr
  std::optional<std::int32_t> exit_code{};   // its own, when it ends by itself
  bool leaves = false;                       // one of its ops gives the connection or its write side up
};

struct barrier {
  std::string name;
  std::vector<std::uint32_t> members{};  // clients whose scripts come to it
};

/// Owns what it has worked out and a copy of the plan.
struct prepared_plan {
  explicit prepared_plan(plan::plan intended);

  plan::plan what;
  std::vector<expected_client> clients{};
  std::vector<barrier> barriers{};
  bool counts_resources = false;
};

}  // namespace nailbiter::check
