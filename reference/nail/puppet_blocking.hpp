#pragma once

// The puppet as a blocking nail: the same script, on a thread of the pool, with the ops that need threads. For the
// harness only.

#include <cstdint>

#include "reference/nail/blocking_nail.hpp"

namespace naild::nail {

class puppet_blocking final : public blocking_nail {
 public:
  /// `pid` is what it reports as its process.
  explicit puppet_blocking(std::int64_t pid) noexcept : pid_(pid) {}

  std::int32_t run(blocking_context run) override;

 private:
  std::int64_t pid_;
};

}  // namespace naild::nail
