#include "harness/sim/thread_pool.hpp"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

namespace nailbiter::sim {
namespace {

constexpr std::size_t stack_bytes = 256u << 10;

/// What leaves a wait that will never end, when the world has.
struct thread_ended {};

/// Does the wait for `what` stand in a run's own words, which read and write its streams? They may be coroutines, and an
/// exception that leaves one ends the process.
bool is_stream_of(std::uint32_t session, task::resource_id what) noexcept {
  return what == task::resource_of(session, task::session_part::stdin_pipe) ||
         what == task::resource_of(session, task::session_part::output_queue);
}

}  // namespace

struct thread_pool::thread : task::step {
  explicit thread(thread_pool& of) : pool(of) {
    act = [](task::step* self, task::disposition how) {
      auto* const mine = static_cast<thread*>(self);
      if (how == task::disposition::run && mine->pool.stage_ == stage::under_way) mine->pool.take_turn(*mine);
    };
  }

  thread_pool& pool;
  explore::fiber runs{stack_bytes};
  task::strand* turns = nullptr;
  std::shared_ptr<void> locals;
  const void* waits_on = nullptr;
  task::resource_id waits_for = 0;
  bool queued = false;  // a turn is owed to it
};

thread_pool::thread_pool(scheduler& owner, swap_locals swaps) : owner_(owner), swap_(swaps) {}

thread_pool::~thread_pool() { end(); }

void thread_pool::begin(task::job_pool_bounds most) {
  end();
  stage_ = stage::under_way;
  core_.emplace(most, task::thread_sync::place{this, task::thread_pool_resource});
}

bool thread_pool::start(port::work_owner owner, std::function<void()> work, port::when_busy policy) {
  if (stage_ != stage::under_way) return false;
  using core = task::basic_job_pool<task::thread_sync>;
  const auto busy = policy == port::when_busy::wait ? core::busy::wait : core::busy::refuse;
  work = [this, inner = std::move(work)]() mutable {
    ++working_;
    inner();
    inner = nullptr;
    --working_;
  };
  std::uint64_t ticket = 0;
  const core::answer got = core_->start(owner, work, busy, ticket);
  if (got == core::answer::needs_thread) make_thread(owner, ticket);
  return got != core::answer::refused;
}

port::given_up thread_pool::give_up(port::work_owner owner) {
  if (!core_) return {};
  const auto done = core_->give_up(owner);
  for (std::size_t i = 0; i < done.threads_needed; ++i) make_thread(owner, 0);
  return {.dequeued = done.dequeued, .lost = done.lost, .exhausted = done.exhausted};
}

void thread_pool::make_thread(std::uint32_t session, std::uint64_t ticket) {
  if (made_ == threads_.size()) threads_.push_back(std::make_unique<thread>(*this));
  thread& made = *threads_[made_++];
  made.turns = &owner_.make_strand(session, "thread");
  made.label.session = session;
  made.runs.start([this, ticket] {
    try {
      if (stage_ == stage::under_way) core_->work(ticket);
    } catch (const thread_ended&) {
    }
  });
  queue(made, task::step_kind::spawn, task::thread_pool_resource);
}

void thread_pool::take_turn(thread& mine) {
  mine.queued = false;
  thread* const outer = std::exchange(current_, &mine);
  if (swap_ != nullptr) swap_(mine.locals);
  mine.runs.resume();
  if (swap_ != nullptr) swap_(mine.locals);
  current_ = outer;
}

void thread_pool::queue(thread& mine, task::step_kind kind, task::resource_id what) {
  mine.label.kind = kind;
  mine.label.resource = what;
  mine.queued = true;
  if (stage_ == stage::under_way) mine.turns->post(mine);
}

void thread_pool::point(task::resource_id what) {
  if (current_ == nullptr || stage_ != stage::under_way) return;
  thread& self = *current_;
  queue(self, task::step_kind::post, what);
  self.runs.suspend();
}

void thread_pool::wait(const void* on, task::resource_id what) {
  assert(current_ != nullptr && "only threads of the pool wait");
  if (stage_ == stage::unwinding) throw thread_ended();
  thread& self = *current_;
  self.waits_on = on;
  self.waits_for = what;
  waiting_.push_back(&self);
  self.runs.suspend();
  if (stage_ == stage::unwinding) throw thread_ended();
}

void thread_pool::wake(const void* on, std::size_t most) noexcept {
  for (std::size_t at = 0; at < waiting_.size() && most > 0;) {
    thread& one = *waiting_[at];
    if (one.waits_on != on) {
      ++at;
      continue;
    }
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(at));
    --most;
    queue(one, task::step_kind::wake, one.waits_for);
  }
}

void thread_pool::end() noexcept {
  const auto made = std::span(threads_).first(made_);
  stage_ = stage::last_turns;
  for (bool more = true; std::exchange(more, false);) {
    for (const auto& each : made) {
      if (!each->queued || each->runs.done()) continue;
      more = true;
      take_turn(*each);
    }
  }
  stage_ = stage::unwinding;
  for (const auto& each : made) {
    const bool reads_or_writes = each->waits_on != nullptr && is_stream_of(each->label.session, each->waits_for);
    if (!each->runs.done() && reads_or_writes) each->runs.abandon();
    while (!each->runs.done()) take_turn(*each);
    each->waits_on = nullptr;
    each->queued = false;
    each->locals = nullptr;
  }
  waiting_.clear();
  core_.reset();
  made_ = working_ = 0;
}

}  // namespace nailbiter::sim
