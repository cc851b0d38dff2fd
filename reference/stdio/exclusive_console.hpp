#pragma once

// The console of a run in one owner's hands: what the run's other threads write meanwhile is drawn by the owner's
// renderer. Given back when the owner lets go, by its end or by an exception.

#include <memory>

#include "reference/stdio/destination.hpp"

namespace naild::stdio {

/// Made and destroyed by one thread; not inside its own renderer. The renderer outlives it.
class exclusive_console {
 public:
  /// Null: another thread of the run owns the console.
  static std::unique_ptr<exclusive_console> take(destination_ref of, renderer& drawn) {
    if (!of->output().take_console(drawn)) return nullptr;
    return std::unique_ptr<exclusive_console>(new exclusive_console(std::move(of)));
  }

  exclusive_console(const exclusive_console&) = delete;
  exclusive_console& operator=(const exclusive_console&) = delete;
  ~exclusive_console() { of_->output().release_console(); }

  /// Straight to the console; the owner, and its renderer on any thread.
  delivery write(stream which, base::byte_view text) { return of_->output().write_as_owner(which, text); }

 private:
  explicit exclusive_console(destination_ref of) noexcept : of_(std::move(of)) {}

  destination_ref of_;
};

}  // namespace naild::stdio
