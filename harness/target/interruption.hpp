#pragma once

// SIGINT, SIGTERM and the leaving of whoever reads what is printed (SIGPIPE) as a state instead of an end: main owns one, so
// that daemons and directories of the harness are cleared away on every way out.

#include <csignal>

namespace nailbiter::target {

/// Blocks them in the calling thread while it lives; a signal that comes stays pending. Make it before other
/// threads.
class interruption {
 public:
  interruption();
  interruption(const interruption&) = delete;
  interruption& operator=(const interruption&) = delete;
  ~interruption();

  /// Has one of them come?
  bool requested() const noexcept;

  /// As requested(); and the signal is taken, so that it does not end the process once this object has gone.
  bool taken() noexcept;

  /// Noted by whoever has taken the signal (a live run, which waits for it in its loop).
  void note() noexcept { noted_ = true; }

  /// Lets SIGINT and SIGTERM through to handlers for as long as it lives.
  class opening {
   public:
    explicit opening(const interruption* of) noexcept;
    opening(const opening&) = delete;
    opening& operator=(const opening&) = delete;
    ~opening();

   private:
    const interruption* of_;
  };

 private:
  sigset_t asked_{};    // by somebody
  sigset_t watched_{};  // these, and SIGPIPE
  sigset_t before_{};
  bool noted_ = false;
};

}  // namespace nailbiter::target
