#pragma once

// The roots of a strand: coroutines that nobody awaits. A world that ends destroys what is still suspended from here.

#include <coroutine>

namespace naild::task {

/// Link of one root; unlinked = points at itself.
struct root_link {
  root_link* previous = this;
  root_link* next = this;
  std::coroutine_handle<> frame;

  root_link() = default;
  root_link(const root_link&) = delete;
  root_link& operator=(const root_link&) = delete;

  void unlink() noexcept {
    previous->next = next;
    next->previous = previous;
    previous = next = this;
  }
};

/// Not thread-safe: one strand owns it.
class root_list {
 public:
  void add(root_link& link) noexcept {
    link.next = head_.next;
    link.previous = &head_;
    head_.next->previous = &link;
    head_.next = &link;
  }

  bool empty() const noexcept { return head_.next == &head_; }

  /// Destroys every suspended frame, newest first (a child's objects may borrow from its parent's). Call it only when
  /// no step of the strand runs or is queued.
  void destroy_all() noexcept {
    while (!empty()) {
      root_link& link = *head_.next;
      link.unlink();
      link.frame.destroy();
    }
  }

 private:
  root_link head_;
};

}  // namespace naild::task
