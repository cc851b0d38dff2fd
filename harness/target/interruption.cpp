#include "harness/target/interruption.hpp"

#include <ctime>

namespace nailbiter::target {

interruption::interruption() {
  sigemptyset(&asked_);
  sigaddset(&asked_, SIGINT);
  sigaddset(&asked_, SIGTERM);
  watched_ = asked_;
  sigaddset(&watched_, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

// A signal that nobody took ends the process now, as it was meant to; what main made before has been cleared away.
interruption::~interruption() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool interruption::requested() const noexcept {
  if (noted_) return true;
  sigset_t pending;
  sigemptyset(&pending);
  ::sigpending(&pending);
  return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGPIPE) == 1;
}

bool interruption::taken() noexcept {
  if (noted_) return true;
  const timespec at_once{};
  while (::sigtimedwait(&watched_, nullptr, &at_once) > 0) noted_ = true;
  return noted_;
}

interruption::opening::opening(const interruption* of) noexcept : of_(of) {
  if (of_ != nullptr) ::pthread_sigmask(SIG_UNBLOCK, &of_->asked_, nullptr);
}

interruption::opening::~opening() {
  if (of_ != nullptr) ::pthread_sigmask(SIG_BLOCK, &of_->asked_, nullptr);
}

}  // namespace nailbiter::target
