#include "reference/nail/thread_strand.hpp"

#include <mutex>
#include <thread>

namespace naild::nail {

struct thread_strand::owner {
  decltype(std::this_thread::get_id()) id = std::this_thread::get_id();
};

thread_strand::thread_strand(task::thread_sync::place where) : owner_(std::make_unique<owner>()), mutex_(where), posted_(where) {}

// Posts that came after the end of the task.
thread_strand::~thread_strand() {
  while (task::step* late = head_) {
    head_ = late->next;
    late->act(late, task::disposition::drop);
  }
}

void thread_strand::post(task::step& next) noexcept {
  const std::shared_ptr<thread_strand> alive = shared_from_this();  // the step may end the task that owns us
  const std::lock_guard lock(mutex_);
  next.next = nullptr;
  (head_ == nullptr ? head_ : tail_->next) = &next;
  tail_ = &next;
  posted_.notify_one();
}

bool thread_strand::running_here() const noexcept { return owner_->id == std::this_thread::get_id(); }

void thread_strand::run_next() {
  std::unique_lock lock(mutex_);
  while (head_ == nullptr) posted_.wait(lock);
  task::step* const next = head_;
  head_ = next->next;
  lock.unlock();
  next->act(next, task::disposition::run);
}

}  // namespace naild::nail
