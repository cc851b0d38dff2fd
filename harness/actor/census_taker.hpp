#pragma once

// Who can count what the target holds. Real worlds read it from the kernel; where nobody can, nothing is recorded.

#include "harness/actor/recorder.hpp"

namespace nailbiter::actor {

class census_taker {
 public:
  virtual ~census_taker() = default;

  /// Adds one census event a resource; nothing when they cannot be seen. Must not wait.
  virtual void take(recorder& into) = 0;
};

}  // namespace nailbiter::actor
