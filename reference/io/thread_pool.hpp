#pragma once

// Real threads for blocking work, made when they are needed and kept for a while. Knows nothing of runs and streams.

#include <chrono>
#include <memory>

#include "reference/port/thread_pool.hpp"
#include "reference/task/job_pool.hpp"

namespace naild::io {

class thread_pool final : public port::thread_pool {
 public:
  explicit thread_pool(task::job_pool_bounds most = {});
  ~thread_pool() override;

  bool start(port::work_owner owner, std::function<void()> work, port::when_busy policy) override;
  port::given_up give_up(port::work_owner owner) override;

  /// Takes no more work and waits for idle threads to end, and for `patience` for the others. How many still work:
  /// while there are any, nothing that their work borrows may be destroyed.
  std::size_t stop(std::chrono::milliseconds patience);

 private:
  using core = task::basic_job_pool<task::thread_sync>;

  bool make_thread(std::uint64_t ticket);

  std::shared_ptr<core> core_;  // owners: this, and each thread until its end
};

}  // namespace naild::io
