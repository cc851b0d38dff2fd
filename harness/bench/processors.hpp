#pragma once

// Which processors a server and whoever measures it run on. Left to the kernel, a pair is sometimes on one and sometimes
// on two, for seconds: waking the other one then costs more than all that is measured.

#include <sched.h>
#include <sys/types.h>

namespace nailbiter::bench {

enum class placement : unsigned char { one_processor, two_processors };

/// Of one thread, which gets back all that it had with its owner.
class processors {
 public:
  processors() noexcept;
  ~processors();
  processors(const processors&) = delete;
  processors& operator=(const processors&) = delete;

  /// Are there two that this thread may use?
  bool are_two() const noexcept { return first_ != second_; }

  /// This thread to the first one, the main thread of `server` to the same or to the second one. Where there is one only, or
  /// the kernel refuses, nothing is promised.
  void place(pid_t server, placement where) const noexcept;

 private:
  cpu_set_t before_;
  int first_ = 0;
  int second_ = 0;
};

}  // namespace nailbiter::bench
