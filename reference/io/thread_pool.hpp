#pragma once

// Real threads for blocking work, made when they are needed and kept for a while. Knows nothing of runs and streams.

#include <chrono>
#include <memory>

#include "reference/port/thread_pool.hpp"
#include "reference/task/job_pool.hpp"

namespace naild::io {

/// Told on a thread of a pool whose work it begins, and when that has ended and has been destroyed.
class job_watch {
 public:
  virtual void begun(port::work_owner owner) = 0;
  virtual void ended(port::work_owner owner) = 0;

 protected:
  ~job_watch() = default;
};

class thread_pool final : public port::thread_pool {
 public:
  /// `watch` may be null; borrowed for as long as any thread works.
  explicit thread_pool(task::job_pool_bounds most = {}, job_watch* watch = nullptr);
  ~thread_pool() override;

  bool start(port::work_owner owner, std::function<void()> work, port::when_busy policy) override;
  port::given_up give_up(port::work_owner owner) override;

  /// Takes no more work and waits for idle threads to end, and for `patience` for the others. How many still work:
  /// while there are any, nothing that their work borrows may be destroyed.
  std::size_t stop(std::chrono::milliseconds patience);

 private:
  using core = task::basic_job_pool<task::thread_sync>;

  bool make_thread(std::uint64_t ticket);

  job_watch* watch_;
  std::shared_ptr<core> core_;  // owners: this, and each thread until its end
};

}  // namespace naild::io
