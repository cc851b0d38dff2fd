#include "harness/target/daemon_settling.hpp"

#include "harness/target/process_activity.hpp"

namespace nailbiter::target {
namespace {

constexpr std::uint32_t read_after_looks = 2;
constexpr std::uint32_t left_unread_after_looks = 20;  // it may be on its way from one thread to another

}  // namespace

bool daemon_settling::settled(const naild::port::byte_stream& stream) {
  const auto untaken = stream.has_untaken();
  if (!untaken.value_or(false) && (stream.can_watch_peer() || pid_ == 0)) return true;
  if (!rests()) return false;
  return resting_looks_ >= (untaken.value_or(false) ? left_unread_after_looks : read_after_looks);
}

bool daemon_settling::rests() {
  const auto seen = activity_of(pid_);
  if (!seen) {
    ++resting_looks_;
    return true;
  }
  const bool moved = seen->runnable || seen->cpu_ms != cpu_ms_;
  cpu_ms_ = seen->cpu_ms;
  resting_looks_ = moved ? 0 : resting_looks_ + 1;
  return !moved;
}

}  // namespace nailbiter::target
