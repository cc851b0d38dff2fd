#pragma once

// The decisions of a pool of threads: who runs what, who waits, which thread is lost. It makes no thread: its owner
// does, when told, and lends each one to work().

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "reference/task/sync.hpp"

namespace naild::task {

struct job_pool_bounds {
  std::size_t threads_max = 2'048;  // lost ones not counted
  std::size_t queued_max = 8'192;   // jobs that wait for a thread
  std::size_t idle_max = 64;        // threads kept without work
  std::size_t lost_max = 16;        // threads whose job was given up and has not returned
};

/// Any thread.
template <class Sync>
class basic_job_pool {
 public:
  using bounds = job_pool_bounds;
  enum class busy : std::uint8_t { wait, refuse };
  enum class answer : std::uint8_t {
    refused,       // `work` is as it was
    taken,
    needs_thread,  // taken, and the caller makes one more thread, which calls work(ticket), or says thread_failed(ticket)
  };
  struct removal {
    std::size_t dequeued = 0;
    std::size_t lost = 0;
    std::size_t threads_needed = 0;  // the caller makes so many more
    bool exhausted = false;
  };

  explicit basic_job_pool(bounds most, typename Sync::place where = {})
      : bounds_(most), mutex_(where), work_there_(where), ended_(where) {}

  /// `ticket` is set with needs_thread.
  answer start(std::uint32_t owner, std::function<void()>& work, busy policy, std::uint64_t& ticket) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return answer::refused;
    const bool thread_waits = idle_ > queue_.size();
    const bool may_grow = threads_ < bounds_.threads_max;
    const bool may_queue = policy == busy::wait && queue_.size() < bounds_.queued_max;
    if (!thread_waits && may_grow) {
      ++threads_;
      ticket = ++last_ticket_;
      coming_.emplace(ticket, job{owner, std::move(work)});
      return answer::needs_thread;
    }
    if (!thread_waits && !may_queue) return answer::refused;
    queue_.push_back({owner, std::move(work)});
    if (thread_waits) work_there_.notify_one();
    return answer::taken;
  }

  /// The caller could not make the thread that start() or, without a ticket, give_up() had asked for: its job is dropped.
  void thread_failed(std::uint64_t ticket = 0) {
    job dropped;  // destroyed outside the lock
    const std::lock_guard lock(mutex_);
    (void)take_coming(ticket, dropped);
    --threads_;
    ended_.notify_all();
  }

  /// The life of one thread that start() or, without a ticket, give_up() asked for. Its own job comes first, if it has
  /// not been given up. Returns when the thread is not needed any more.
  void work(std::uint64_t ticket = 0) {
    std::unique_lock lock(mutex_);
    job next;
    if (take_coming(ticket, next) && !perform(std::move(next), lock)) return;
    while (wait_for_work(lock)) {
      next = std::move(queue_.front());
      queue_.pop_front();
      if (!perform(std::move(next), lock)) return;
    }
  }

  removal give_up(std::uint32_t owner) {
    std::deque<job> dropped;  // destroyed outside the lock
    const std::lock_guard lock(mutex_);
    removal done;
    for (std::size_t left = queue_.size(); left > 0; --left) {
      auto& to = queue_.front().owner == owner ? dropped : queue_;
      to.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    for (auto at = coming_.begin(); at != coming_.end();) {
      const auto here = at++;
      if (here->second.owner == owner) dropped.push_back(std::move(coming_.extract(here).mapped()));
    }
    done.dequeued = dropped.size();
    done.lost = std::erase_if(running_, [owner](const auto& each) { return each.second == owner; });
    threads_ -= done.lost;
    lost_ += done.lost;
    done.exhausted = lost_ > bounds_.lost_max;
    while (idle_ + done.threads_needed < queue_.size() && threads_ < bounds_.threads_max && done.threads_needed < done.lost) {
      ++threads_;
      ++done.threads_needed;
    }
    return done;
  }

  /// Takes no more work, drops what is queued, and returns when every idle thread has ended: how many still work, the
  /// lost ones included. They touch this object once more when they end.
  std::size_t stop() {
    std::deque<job> dropped;
    std::unique_lock lock(mutex_);
    stopping_ = true;
    dropped.swap(queue_);
    for (auto& [ticket, each] : coming_) dropped.push_back(std::move(each));
    coming_.clear();
    work_there_.notify_all();
    while (threads_ > running_.size()) ended_.wait(lock);
    return running_.size() + lost_;
  }

  /// After stop(): gives work that is about to end so long. How many still work.
  template <class Duration>
  std::size_t wait_for_busy(Duration patience) {
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, patience, [this] { return threads_ + lost_ == 0; });
    return threads_ + lost_;
  }

 private:
  struct job {
    std::uint32_t owner = 0;
    std::function<void()> work;
  };

  using locked = std::unique_lock<typename Sync::mutex>;

  /// Under the lock. False: the ticket has no job, or it has been given up.
  bool take_coming(std::uint64_t ticket, job& into) {
    const auto found = coming_.find(ticket);
    if (found == coming_.end()) return false;
    into = std::move(found->second);
    coming_.erase(found);
    return true;
  }

  /// False: it was given up meanwhile, and replaced: the thread ends.
  bool perform(job mine, locked& lock) {
    const std::uint64_t ticket = ++last_ticket_;
    running_.emplace(ticket, mine.owner);
    lock.unlock();
    mine.work();
    mine.work = nullptr;
    lock.lock();
    if (running_.erase(ticket) != 0) return true;
    --lost_;
    ended_.notify_all();
    return false;
  }

  /// False: the thread ends, and is counted no more.
  bool wait_for_work(locked& lock) {
    while (queue_.empty()) {
      if (stopping_ || idle_ >= bounds_.idle_max) {
        --threads_;
        ended_.notify_all();
        return false;
      }
      ++idle_;
      work_there_.wait(lock);
      --idle_;
    }
    return true;
  }

  const bounds bounds_;
  mutable typename Sync::mutex mutex_;
  typename Sync::condition work_there_;
  typename Sync::condition ended_;
  std::deque<job> queue_;
  std::map<std::uint64_t, job> coming_;             // ticket -> the first job of a thread that is not in work() yet
  std::map<std::uint64_t, std::uint32_t> running_;  // ticket -> owner, without the lost ones
  std::uint64_t last_ticket_ = 0;
  std::size_t threads_ = 0;
  std::size_t idle_ = 0;
  std::size_t lost_ = 0;
  bool stopping_ = false;
};

}  // namespace naild::task
