#pragma once

// The work that a command names, as a coroutine on its session's strand.

#include <cstdint>

#include "reference/nail/nail_context.hpp"
#include "reference/task/task.hpp"

namespace naild::nail {

/// What a cancelled coroutine nail ends with (protocol.md, exit codes).
inline constexpr std::int32_t cancelled_exit_code = -1;

class nail {
 public:
  virtual ~nail() = default;

  /// The exit code. Ends soon after the token has fired; whatever it has written by its end is sent before `X`.
  virtual task::task<std::int32_t> run(nail_context& run) = 0;
};

}  // namespace naild::nail
