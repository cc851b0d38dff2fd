#include "reference/io/run_queue.hpp"

#include "reference/io/strand.hpp"

namespace naild::io {
namespace {

constexpr unsigned strand_runs_max = 512;

}  // namespace

void run_queue::push(strand& ready) noexcept {
  ready.next_ready = nullptr;
  (head != nullptr ? tail->next_ready : head) = &ready;
  tail = &ready;
}

void run_queue::push_late(strand& waiting) noexcept {
  waiting.next_ready = nullptr;
  (late_head != nullptr ? late_tail->next_ready : late_head) = &waiting;
  late_tail = &waiting;
}

strand* run_queue::pop() noexcept {
  strand*& list = head != nullptr ? head : late_head;
  strand* first = list;
  if (first != nullptr) list = first->next_ready;
  return first;
}

run_queue& run_queue_of_this_thread() noexcept {
  static thread_local run_queue queue;
  return queue;
}

void drain_run_queue() noexcept {
  run_queue& queue = run_queue_of_this_thread();
  if (queue.draining) return;
  queue.draining = true;
  for (unsigned runs = 0; strand* ready = queue.pop(); ++runs) {
    if (runs < strand_runs_max) {
      ready->run();
    } else {
      ready->home().inject(*ready);
    }
  }
  queue.draining = false;
}

}  // namespace naild::io
