#pragma once

// To which run a thread belongs: the one thread-local of the standard streams. Bound by scopes that restore what was
// there before; a helper thread is bound to what its starter was bound to AT THE CALL.

#include <cassert>
#include <utility>

#include "reference/stdio/destination.hpp"

namespace naild::stdio {

/// Binds the calling thread until its end. `Slot::here()` is the calling thread's own place for a value; scopes of one
/// thread end in the reverse order of their beginning.
template <class Slot>
class basic_binding_scope {
 public:
  using value = typename Slot::value;

  explicit basic_binding_scope(value inner) : outer_(std::exchange(Slot::here(), std::move(inner))) {}
  basic_binding_scope(const basic_binding_scope&) = delete;
  basic_binding_scope& operator=(const basic_binding_scope&) = delete;
  ~basic_binding_scope() { Slot::here() = std::move(outer_); }

 private:
  value outer_;
};

/// `work` as a helper thread will run it: bound as the caller of this function is.
template <class Slot, class Work>
auto basic_inherit(Work work) {
  return [bound = Slot::here(), work = std::move(work)]() mutable {
    const basic_binding_scope<Slot> scope(std::move(bound));
    work();
  };
}

/// Where a real thread keeps its binding; null = it belongs to no run.
struct thread_slot {
  using value = destination_ref;
  static destination_ref& here() noexcept;
};

using binding_scope = basic_binding_scope<thread_slot>;

/// Null: the calling thread belongs to no run. A reference of its own: a late writer may hold its run's last one.
inline destination_ref current_destination() noexcept { return thread_slot::here(); }

template <class Work>
auto inherit(Work work) {
  return basic_inherit<thread_slot>(std::move(work));
}

}  // namespace naild::stdio
