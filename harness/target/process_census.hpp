#pragma once

// What a process holds, read from /proc: descriptors of all its threads, threads, children, zombies, resident memory,
// its own and its tree's.

#include <cstdint>
#include <optional>

#include "harness/actor/census_taker.hpp"

namespace nailbiter::target {

struct process_resources {
  std::int64_t fds = 0;  // of its table, and of the tables that threads of it have of their own
  std::int64_t threads = 0;
  std::int64_t children = 0;  // those that run; zombies apart
  std::int64_t zombies = 0;
  std::int64_t rss_kib = 0;
  std::int64_t tree_rss_kib = 0;  // itself and all its descendants
};

/// nullopt where /proc does not show them.
std::optional<process_resources> resources_of(std::int32_t pid);

class process_census final : public actor::census_taker {
 public:
  explicit process_census(std::int32_t pid) noexcept : pid_(pid) {}
  void take(actor::recorder& into) override;

 private:
  std::int32_t pid_;
};

}  // namespace nailbiter::target
