#pragma once

// The one source of chance: splitmix64. Everything random is drawn from a generator that a seed made, and a generator
// can be split, so that a new draw in one place moves nothing in another.

#include <cstdint>

namespace nailbiter::explore {

class rng {
 public:
  explicit constexpr rng(std::uint64_t seed = 0) noexcept : state_(seed * 0x9e3779b97f4a7c15u + 0x1234567u) {}

  constexpr std::uint64_t next() noexcept {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
  }

  /// A value below `bound`, which must not be 0.
  constexpr std::uint32_t below(std::uint32_t bound) noexcept {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  /// A generator whose draws are independent of this one's later draws.
  constexpr rng split() noexcept { return rng(next()); }

 private:
  std::uint64_t state_;
};

}  // namespace nailbiter::explore
