#pragma once

// A strand whose steps are run by ONE thread, while that thread waits for a task: how blocking code uses ports that are
// made for tasks. Knows nothing of nails.

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "reference/task/spawn.hpp"
#include "reference/task/sync.hpp"
#include "reference/task/task.hpp"

namespace naild::nail {

/// Made on the thread that will run it. Whoever posts keeps it alive until the post is done.
class thread_strand final : public task::strand, public std::enable_shared_from_this<thread_strand> {
 public:
  /// `where` says whose thread that is.
  static std::shared_ptr<thread_strand> make(task::thread_sync::place where = {}) {
    return std::shared_ptr<thread_strand>(new thread_strand(where));
  }
  ~thread_strand();

  void post(task::step& next) noexcept override;
  bool running_here() const noexcept override;

  /// Runs `work` to its end, and every step that is posted meanwhile; blocks while there is none.
  template <class T>
  T run(task::task<T> work) {
    std::optional<T> result;
    task_goes_first guard{*this};
    task::spawn(*this, keep(std::move(work), result), task::step_label{});
    while (!result) run_next();
    guard.ended = true;
    return std::move(*result);
  }

 private:
  explicit thread_strand(task::thread_sync::place where);

  /// Where the wait leaves by an exception, before what the task borrows.
  struct task_goes_first {
    thread_strand& of;
    bool ended = false;
    ~task_goes_first() {
      if (!ended) of.roots().destroy_all();
    }
  };

  template <class T>
  static task::task<> keep(task::task<T> work, std::optional<T>& result) {
    T value = co_await std::move(work);
    result.emplace(std::move(value));
  }

  void run_next();

  struct owner;  // which thread that is
  const std::unique_ptr<owner> owner_;
  task::thread_sync::mutex mutex_;
  task::thread_sync::condition posted_;
  task::step* head_ = nullptr;
  task::step* tail_ = nullptr;
};

}  // namespace naild::nail
