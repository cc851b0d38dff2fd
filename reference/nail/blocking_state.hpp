#pragma once

// What the threads of a blocking run and its session share. It outlives the session: a late thread finds it, and finds
// nobody to tell.

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "reference/nail/blocking_nail.hpp"
#include "reference/nail/nail_context.hpp"
#include "reference/stdio/destination.hpp"
#include "reference/task/sync.hpp"

namespace naild::nail {

/// Owners: the nail on the session's strand, the job on the pool, every blocking_context.
struct blocking_state final : stdio::output_watcher, stdio::input_watcher, std::enable_shared_from_this<blocking_state> {
  /// Copies the run's values: the session may end first.
  blocking_state(nail_context& run, port::thread_pool& threads);

  // Any thread.
  void output_waits() noexcept override;
  void input_wanted() noexcept override;
  bool start(std::function<void()> work, bool awaited);
  void join_helpers();

  /// The job's last word.
  void finish(std::int32_t code);

  // The session's strand. From leave() on nobody posts to it.
  void leave();

  /// What posts wake; null before and after the nail's frame.
  struct bells {
    task::event* output = nullptr;
    task::event* input = nullptr;
    task::event* ended = nullptr;
  };

  const base::bytes command;
  const std::vector<base::bytes> arguments;
  const std::vector<base::bytes> environment;
  const base::bytes working_dir;
  const std::uint32_t session;
  const port::world world;
  port::thread_pool& threads;
  port::run_log_files* const log_files;
  task::strand& where;
  stdio::destination_ref bound;
  std::stop_source stop;

  bells rings{};                          // the strand's
  std::optional<std::int32_t> exit_code;  // the strand's

 private:
  template <class Function>
  void post(Function what);

  task::thread_sync::mutex mutex_;
  task::thread_sync::condition helpers_ended_;
  std::size_t helpers_ = 0;
  bool left_ = false;
};

/// The work of a run on its pool thread: binds it, lets the nail work, waits for its helpers. The code.
std::int32_t perform(const std::shared_ptr<blocking_state>& shared, std::shared_ptr<blocking_nail> work);

}  // namespace naild::nail
