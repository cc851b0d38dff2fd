#pragma once

// A stack of its own for code that lets go in the middle of a call: what a simulated thread runs on. Knows no schedule
// and no world; tells the sanitizers what it does.

#include <cstddef>
#include <functional>
#include <memory>

namespace nailbiter::explore {

/// One body after another, on the OS thread that resumes it. Destroyed while a body stands in suspend(): its stack is
/// unwound, past handlers that pass on what they do not know.
class fiber {
 public:
  explicit fiber(std::size_t stack_bytes);
  ~fiber();
  fiber(const fiber&) = delete;
  fiber& operator=(const fiber&) = delete;

  /// Only when done(). It runs from the next resume() on.
  void start(std::function<void()> body);

  /// Until the body suspends or has ended. Not from inside.
  void resume();

  /// From inside the body: back to who resumed it.
  void suspend();

  /// The body that stands in suspend() never goes on and is not unwound: what it holds and its stack are never given
  /// back. For one that nothing can unwind. done() afterwards.
  void abandon();

  /// There is no body, or it has ended.
  bool done() const noexcept;

 private:
  struct stack;
  std::unique_ptr<stack> mine_;
};

}  // namespace nailbiter::explore
