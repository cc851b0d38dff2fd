#include "reference/io/thread_pool.hpp"

#include <pthread.h>

#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

namespace naild::io {

thread_pool::thread_pool(task::job_pool_bounds most, job_watch* watch) : watch_(watch), core_(std::make_shared<core>(most)) {}

thread_pool::~thread_pool() { core_->stop(); }

bool thread_pool::start(port::work_owner owner, std::function<void()> work, port::when_busy policy) {
  const auto busy = policy == port::when_busy::wait ? core::busy::wait : core::busy::refuse;
  if (watch_ != nullptr) {
    work = [watch = watch_, owner, inner = std::move(work)]() mutable {
      watch->begun(owner);
      inner();
      inner = nullptr;
      watch->ended(owner);
    };
  }
  std::uint64_t ticket = 0;
  const core::answer got = core_->start(owner, work, busy, ticket);
  if (got != core::answer::needs_thread) return got == core::answer::taken;
  return make_thread(ticket);
}

port::given_up thread_pool::give_up(port::work_owner owner) {
  const core::removal done = core_->give_up(owner);
  for (std::size_t i = 0; i < done.threads_needed; ++i) (void)make_thread(0);
  return {.dequeued = done.dequeued, .lost = done.lost, .exhausted = done.exhausted};
}

std::size_t thread_pool::stop(std::chrono::milliseconds patience) {
  const std::size_t working = core_->stop();
  return working == 0 ? 0 : core_->wait_for_busy(patience);
}

// Signals are for the loop: the thread begins with all of them blocked.
bool thread_pool::make_thread(std::uint64_t ticket) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  bool made = true;
  try {
    std::thread([mine = core_, ticket] { mine->work(ticket); }).detach();
  } catch (const std::system_error&) {
    made = false;
    core_->thread_failed(ticket);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return made;
}

}  // namespace naild::io
