#pragma once

// Whose turn it is among clients whose acts have an order across them. Knows the numbers of a plan and who has ended;
// no strand, no time.

#include <cstdint>
#include <map>

#include "harness/plan/plan.hpp"

namespace nailbiter::actor {

class turns {
 public:
  explicit turns(const plan::plan& what);

  /// Every lower turn has been taken, or will never be.
  bool is_open(std::uint64_t number) const noexcept { return owners_.empty() || owners_.begin()->first >= number; }

  /// Has happened, in whatever order.
  void take(std::uint64_t number) { owners_.erase(number); }

  /// The client takes no more turns.
  void forfeit(std::uint32_t actor) {
    std::erase_if(owners_, [actor](const auto& each) { return each.second == actor; });
  }

  bool any() const noexcept { return !owners_.empty(); }

 private:
  std::map<std::uint64_t, std::uint32_t> owners_;  // turns not taken yet
};

}  // namespace nailbiter::actor
