#include "reference/io/strand.hpp"

#include <cassert>
#include <utility>

namespace naild::io {
namespace {

constexpr int batches_max = 32;            // then other strands of the thread get their turn
constexpr int deferring_batches_max = 8;   // a short run's answer has left by then

// Destructors may touch what belongs to the strand that they die on.
class current_strand_scope {
 public:
  explicit current_strand_scope(strand& inner) noexcept : outer_(std::exchange(run_queue_of_this_thread().current, &inner)) {}
  current_strand_scope(const current_strand_scope&) = delete;
  current_strand_scope& operator=(const current_strand_scope&) = delete;
  ~current_strand_scope() { run_queue_of_this_thread().current = outer_; }

 private:
  strand* outer_;
};

}  // namespace

strand::strand(strand_home& home) noexcept : home_(home) {
  retirement_.owner = this;
  retirement_.act = [](task::step* self, task::disposition) { static_cast<retirement*>(self)->owner->retired_ = true; };
}

void strand::post(task::step& next) noexcept {
  if (ended_) return next.act(&next, task::disposition::drop);
  task::step* seen = posted_.load(std::memory_order_relaxed);
  do {
    next.next = seen == idle() ? nullptr : seen;
  } while (!posted_.compare_exchange_weak(seen, &next, std::memory_order_acq_rel, std::memory_order_relaxed));
  // The step may be running already: nothing of it is touched again. We alone own the edge from idle to busy, so nobody
  // else schedules the strand and nobody can retire it.
  if (seen == idle()) make_ready();
}

void strand::dispatch(task::step& next) noexcept {
  run_queue& queue = run_queue_of_this_thread();
  task::step* seen = idle();
  const bool top_level = queue.belongs_to_loop && !queue.draining;
  if (!top_level || !posted_.compare_exchange_strong(seen, nullptr, std::memory_order_acq_rel)) return post(next);
  queue.draining = true;
  queue.current = this;
  next.act(&next, task::disposition::run);
  run();
  queue.draining = false;
}

void strand::defer(task::step& late) noexcept {
  task::step** end = &deferred_;
  while (*end != nullptr) end = &(*end)->next;
  late.next = nullptr;
  *end = &late;
}

void strand::withdraw(task::step& late) noexcept {
  task::step** at = &deferred_;
  while (*at != &late) at = &(*at)->next;
  *at = late.next;
  if (deferred_ == nullptr) gave_way_ = false;
}

// At least one; what it posts comes before the next one.
void strand::run_deferred() noexcept {
  gave_way_ = false;
  do {
    task::step* one = std::exchange(deferred_, deferred_->next);
    one->act(one, task::disposition::run);
  } while (deferred_ != nullptr && posted_.load(std::memory_order_relaxed) == nullptr);
}

void strand::run() noexcept {
  run_queue& queue = run_queue_of_this_thread();
  queue.current = this;
  for (int batch = 0;; ++batch) {
    for (task::step* first = take_all(); first != nullptr;) {
      task::step* one = std::exchange(first, first->next);
      one->act(one, task::disposition::run);
    }
    if (retired_) {
      [[maybe_unused]] const task::step* late = posted_.exchange(idle(), std::memory_order_acq_rel);
      assert(late == nullptr && "a step was posted to a strand after it had been retired");
      retired_ = false;
      queue.current = nullptr;
      return home_.recycle(*this);
    }
    if (batch >= deferring_batches_max && deferred_ != nullptr) run_deferred();  // a strand that always has work waits all the same
    if (deferred_ != nullptr && posted_.load(std::memory_order_relaxed) == nullptr) {
      if (queue.head != nullptr && !std::exchange(gave_way_, true)) {
        queue.push_late(*this);
        break;
      }
      run_deferred();
    }
    task::step* nothing_new = nullptr;
    if (posted_.compare_exchange_strong(nothing_new, idle(), std::memory_order_release, std::memory_order_relaxed)) break;
    if (batch == batches_max) {
      queue.push(*this);
      break;
    }
  }
  queue.current = nullptr;
}

bool strand::drop_queued() noexcept {
  current_strand_scope scope(*this);
  task::step* first = take_all();
  const bool any = first != nullptr;
  while (first != nullptr) {
    task::step* one = std::exchange(first, first->next);
    one->act(one, task::disposition::drop);
  }
  return any;
}

bool strand::destroy_roots() noexcept {
  current_strand_scope scope(*this);
  const bool any = !roots().empty();
  roots().destroy_all();
  return any;
}

// Oldest first; leaves the strand busy.
task::step* strand::take_all() noexcept {
  task::step* newest = posted_.exchange(nullptr, std::memory_order_acquire);
  if (newest == idle()) return nullptr;
  task::step* oldest = nullptr;
  while (newest != nullptr) {
    task::step* one = std::exchange(newest, newest->next);
    one->next = oldest;
    oldest = one;
  }
  return oldest;
}

void strand::make_ready() noexcept {
  run_queue& queue = run_queue_of_this_thread();
  if (!queue.belongs_to_loop) return home_.inject(*this);
  queue.push(*this);
}

}  // namespace naild::io
