#pragma once

// What every fuzz target needs: an input that is eaten from the front, and a check that stays on in every build.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "reference/base/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

class fuzz_input {
 public:
  fuzz_input(const std::uint8_t* data, std::size_t size) noexcept : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const noexcept { return rest_.empty(); }

  /// 0 when nothing is left.
  std::uint8_t byte() noexcept {
    const auto taken = take(1);
    return taken.empty() ? 0 : static_cast<std::uint8_t>(taken.front());
  }

  /// At most `bytes`; fewer when fewer are left.
  naild::base::byte_view take(std::size_t bytes) noexcept {
    const auto taken = rest_.substr(0, std::min(bytes, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  naild::base::byte_view rest() noexcept { return take(rest_.size()); }

 private:
  naild::base::byte_view rest_;
};

/// Aborts with `law` when it does not hold.
inline void require(bool holds, const char* law) {
  if (holds) return;
  std::fprintf(stderr, "law broken: %s\n", law);
  std::abort();
}

}  // namespace fuzz
