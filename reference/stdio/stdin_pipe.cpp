#include "reference/stdio/stdin_pipe.hpp"

#include <algorithm>
#include <utility>

#include "reference/base/release.hpp"

namespace naild::stdio {
namespace {

constexpr std::size_t compact_after_chunks = 1024;

}  // namespace

stdin_pipe::stdin_pipe(task::strand& where, std::uint32_t session, stdin_bounds bounds,
                       stdin_listener& listener) noexcept
    : bounds_(bounds),
      listener_(listener),
      readable_(where, task::label_of(session, task::step_kind::wake, task::session_part::stdin_pipe)),
      spill_(bounds.files) {}

void stdin_pipe::push(base::byte_view chunk) {
  if (dropping_ || ended_) return;
  if (chunk.empty()) {
    listener_.stdin_chunk_consumed();  // nothing to wait for, but its sender waits for the next grant
    return;
  }
  held_bytes_ += chunk.size();
  const bool spills = spill_.usable() && (!spill_.empty() || memory_bytes_ + chunk.size() > bounds_.memory);
  if (!spills || !behind_spill_.empty() || !spill_.push(chunk)) {
    (spills ? behind_spill_ : chunks_).emplace_back(chunk);
    memory_bytes_ += chunk.size();
  }
  readable_.set();
}

void stdin_pipe::end() {
  ended_ = true;
  readable_.set();
}

void stdin_pipe::discard() {
  dropping_ = true;
  const bool was_full = full();
  chunks_ = {};
  behind_spill_ = {};
  spill_.clear();
  first_ = taken_bytes_ = held_bytes_ = memory_bytes_ = 0;
  readable_.set();
  if (was_full) listener_.stdin_has_room();
}

task::task<base::bytes> stdin_pipe::read(std::size_t bytes_max) {
  if (!std::exchange(wanted_, true)) listener_.stdin_wanted();
  while (held_bytes_ == 0 && !ended_ && !dropping_) co_await readable_;
  if (held_bytes_ == 0 || bytes_max == 0) co_return base::bytes();
  co_return take(bytes_max);
}

base::bytes stdin_pipe::take(std::size_t bytes_max) {
  const bool was_full = full();
  if (first_ == chunks_.size() && !refill()) return lose();
  base::bytes& front = chunks_[first_];
  const std::size_t rest_bytes = front.size() - taken_bytes_;
  const bool whole = rest_bytes <= bytes_max;
  base::bytes taken = whole && taken_bytes_ == 0 ? std::move(front) : front.substr(taken_bytes_, bytes_max);
  taken_bytes_ += taken.size();
  held_bytes_ -= taken.size();
  memory_bytes_ -= taken.size();
  if (whole) {
    forget_front();
    listener_.stdin_chunk_consumed();
  }
  if (was_full && !full()) listener_.stdin_has_room();
  return taken;
}

// A long queue of small chunks must not keep the taken ones, nor move the rest at each read.
void stdin_pipe::forget_front() {
  taken_bytes_ = 0;
  base::release(chunks_[first_++]);
  if (first_ < chunks_.size() && first_ < compact_after_chunks) return;
  chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
}

// Memory is empty: the next chunk comes from the file, or from behind it. False when the file has lost it.
bool stdin_pipe::refill() {
  if (spill_.empty()) {
    chunks_.swap(behind_spill_);
    return true;
  }
  std::optional<base::bytes> next = spill_.pop();
  if (!next) return false;
  memory_bytes_ += next->size();
  chunks_.push_back(std::move(*next));
  return true;
}

// A run that would go on without these bytes would take what follows for them.
base::bytes stdin_pipe::lose() {
  discard();
  listener_.stdin_lost();
  return {};
}

void stdin_pipe::stop() {
  if (dropping_) return;
  discard();
  listener_.stdin_stopped();
}

}  // namespace naild::stdio
