#pragma once

// What was written to the process's own stdout and stderr, past every stream of a run: each line to the log, all of it
// counted. A descriptor knows no run, but text is taken before the work that may have written it counts as ended, so a
// line names whose work was on a thread: that one, or those of which it was one. Work of coroutines is not counted.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "reference/base/bytes.hpp"
#include "reference/io/thread_pool.hpp"
#include "reference/port/log_sink.hpp"

namespace naild::io {

class loop;

/// Any thread.
class stray_output final : public job_watch {
 public:
  static constexpr std::size_t line_bytes_max = 1024;       // longer ones are cut into several
  static constexpr std::uint64_t logged_bytes_max = 1 << 20;  // in all; the rest is only counted

  /// Borrows the loop and the log. `stray` is the read end of a pipe, non-blocking, borrowed until finish(); -1 = there is
  /// none. From now on the loop reads it.
  stray_output(loop& owner, int stray, port::log_sink& log);
  ~stray_output();

  void begun(port::work_owner session) override;
  void ended(port::work_owner session) override;

  /// What is left, and the count. When the loop has stopped; from then on nothing is read.
  void finish();

 private:
  struct wait;
  struct line {
    std::uint32_t session = 0;
    base::bytes text{};
  };

  template <class Then>
  void read_and(Then then);  // under the mutex

  void take(base::byte_view text);
  void end_line();

  std::mutex mutex_;
  int stray_;
  port::log_sink& log_;
  std::map<port::work_owner, std::size_t> working_;  // threads by session
  std::set<port::work_owner> writers_;               // who may have written `rest_`, as far as they are named
  base::bytes rest_;                                 // the beginning of a line
  std::vector<line> told_;                           // to the log, once the mutex is free
  std::uint64_t bytes_ = 0;
  std::uint64_t logged_bytes_ = 0;
  std::unique_ptr<wait> wait_;
};

}  // namespace naild::io
