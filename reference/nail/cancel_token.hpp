#pragma once

// Stop asked for: fired once, by the session, for one run. A wait that must end on cancel lends its event to a
// subscription; nothing is ever interrupted behind a nail's back.

#include "reference/task/event.hpp"
#include "reference/task/task.hpp"

namespace naild::nail {

class cancel_subscription;

/// Own strand only.
class cancel_token {
 public:
  cancel_token() = default;
  cancel_token(const cancel_token&) = delete;
  cancel_token& operator=(const cancel_token&) = delete;

  bool fired() const noexcept { return fired_; }

  /// Idempotent; sets the event of every subscription.
  void fire() noexcept;

 private:
  friend cancel_subscription;
  cancel_subscription* first_ = nullptr;
  bool fired_ = false;
};

/// While it lives, fire() sets `wake`; at once when the token has fired already.
class cancel_subscription {
 public:
  cancel_subscription(cancel_token& token, task::event& wake) noexcept;
  ~cancel_subscription();
  cancel_subscription(const cancel_subscription&) = delete;
  cancel_subscription& operator=(const cancel_subscription&) = delete;

 private:
  friend cancel_token;
  cancel_token& token_;
  task::event& wake_;
  cancel_subscription* previous_ = nullptr;
  cancel_subscription* next_ = nullptr;
};

}  // namespace naild::nail
