#pragma once

// The puppet as a coroutine nail: performs a script on the run that it is given. For the harness only.

#include <cstdint>

#include "reference/nail/nail.hpp"

namespace naild::nail {

class puppet_nail final : public nail {
 public:
  /// `pid` is what it reports as its process; 0 in a simulated world.
  explicit puppet_nail(std::int64_t pid) noexcept : pid_(pid) {}

  task::task<std::int32_t> run(nail_context& run) override;

 private:
  std::int64_t pid_;
};

}  // namespace naild::nail
