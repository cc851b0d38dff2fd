#pragma once

// SIGINT and SIGTERM as a state instead of an end: main owns one, so that daemons and directories of the harness are
// cleared away on every way out.

#include <csignal>

namespace nailbiter::target {

/// Blocks both signals in the calling thread while it lives; a signal that comes stays pending. Make it before other
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

  /// Lets the signals through to handlers for as long as it lives.
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
  sigset_t watched_{};
  sigset_t before_{};
  bool noted_ = false;
};

}  // namespace nailbiter::target
