#pragma once

// The locks of code that threads share, as a policy: templates that take a `Sync` run on thread_sync here, and on other
// fibers in tests. Under thread_sync they wait as threads of the system do, or, where a pool has made its threads up, as
// that pool says: in the simulator a schedule decides who goes on at every lock, wait and notification.

#include <cassert>
#include <condition_variable>
#include <mutex>

#include "reference/task/step.hpp"

namespace naild::task {

/// How threads that are none of the system's wait for each other.
class thread_control {
 public:
  /// The caller is about to take a lock: others may go first. `guarded` is what the lock is for.
  virtual void point(resource_id guarded) = 0;

  /// Until somebody wakes `on`; on such a thread only, holding no lock. May return early; may leave by an exception when
  /// the whole world has ended.
  virtual void wait(const void* on, resource_id guarded) = 0;

  virtual void wake_one(const void* on) noexcept = 0;
  virtual void wake_all(const void* on) noexcept = 0;

 protected:
  ~thread_control() = default;
};

/// Whose threads use a lock, and what it guards; by default the system's.
struct lock_place {
  thread_control* control = nullptr;
  resource_id guarded = 0;
};

/// A policy has `place`, `mutex` (lock, unlock) and `condition` (wait(std::unique_lock<mutex>&), notify_one, notify_all),
/// both of which can be made of a place.
struct thread_sync {
  using place = lock_place;

  /// While one is held no other is taken.
  class mutex {
   public:
    explicit mutex(place where = {}) noexcept : where_(where) {}
    void lock() {
      if (where_.control != nullptr) where_.control->point(where_.guarded);
      own_.lock();
    }
    void unlock() { own_.unlock(); }

   private:
    friend struct thread_sync;
    std::mutex own_;
    place where_;
  };

  class condition {
   public:
    explicit condition(place where = {}) noexcept : where_(where) {}

    void wait(std::unique_lock<mutex>& lock) {
      if (where_.control != nullptr) {
        const let_go scope(lock.mutex()->own_);
        return where_.control->wait(this, where_.guarded);
      }
      std::unique_lock held(lock.mutex()->own_, std::adopt_lock);
      own_.wait(held);
      held.release();
    }

    /// Of threads of the system only.
    template <class Duration, class Predicate>
    void wait_for(std::unique_lock<mutex>& lock, Duration patience, Predicate done) {
      assert(where_.control == nullptr);
      std::unique_lock held(lock.mutex()->own_, std::adopt_lock);
      own_.wait_for(held, patience, done);
      held.release();
    }

    void notify_one() noexcept { where_.control != nullptr ? where_.control->wake_one(this) : own_.notify_one(); }
    void notify_all() noexcept { where_.control != nullptr ? where_.control->wake_all(this) : own_.notify_all(); }

   private:
    std::condition_variable own_;
    place where_;
  };

 private:
  struct let_go {
    explicit let_go(std::mutex& lock) : held(lock) { held.unlock(); }
    ~let_go() { held.lock(); }
    std::mutex& held;
  };
};

}  // namespace naild::task
