#include "harness/bench/processors.hpp"

namespace nailbiter::bench {
namespace {

constexpr pid_t this_thread = 0;

void bind(pid_t thread, int processor) noexcept {
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(processor, &only);
  (void)::sched_setaffinity(thread, sizeof only, &only);
}

int next_of(const cpu_set_t& allowed, int from) noexcept {
  for (int i = from; i < CPU_SETSIZE; ++i) {
    if (CPU_ISSET(i, &allowed)) return i;
  }
  return -1;
}

}  // namespace

processors::processors() noexcept {
  CPU_ZERO(&before_);
  if (::sched_getaffinity(this_thread, sizeof before_, &before_) != 0) return;
  first_ = next_of(before_, 0);
  const int other = next_of(before_, first_ + 1);
  second_ = other < 0 ? first_ : other;
}

processors::~processors() { (void)::sched_setaffinity(this_thread, sizeof before_, &before_); }

void processors::place(pid_t server, placement where) const noexcept {
  bind(this_thread, first_);
  bind(server, where == placement::one_processor ? first_ : second_);
}

}  // namespace nailbiter::bench
