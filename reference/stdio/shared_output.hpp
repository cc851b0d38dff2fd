#pragma once

// What the threads of ONE run write, until its session takes it: bounded, in the order of the writes, detached for all
// of them at once. What comes later goes to an injected sink. Knows no session, no socket, and no log but that sink.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "reference/base/bytes.hpp"
#include "reference/stdio/output_queue.hpp"
#include "reference/task/sync.hpp"

namespace naild::stdio {

/// Where output goes that no client will see; any thread, outside every lock.
class late_sink {
 public:
  virtual void late_output(stream which, base::byte_view text) noexcept = 0;

 protected:
  ~late_sink() = default;
};

/// Told that output waits to be taken; from any thread, under the lock of the output: it only posts.
class output_watcher {
 public:
  virtual void output_waits() noexcept = 0;

 protected:
  ~output_watcher() = default;
};

/// Draws what other threads write while one of them owns the console; any thread of the run, outside every lock.
class renderer {
 public:
  virtual void render(stream which, base::byte_view text) = 0;

 protected:
  ~renderer() = default;
};

struct shared_output_bounds {
  std::size_t queued_bytes_max = 128u << 10;
  std::size_t late_bytes_max = 64u << 10;  // of a run, to the sink; the rest is dropped
};

struct output_piece {
  stream which{};
  base::bytes text{};
};

/// Threads write; the session's strand takes. Attached when it is made.
template <class Sync>
class basic_shared_output {
 public:
  /// A write of at most so many bytes is never torn by another thread of the run.
  static constexpr std::size_t whole_bytes_max = 16u << 10;

  /// Borrows the watcher until detach(), the sink for ever.
  basic_shared_output(output_watcher& watcher, late_sink& late, shared_output_bounds most = {}, typename Sync::place where = {})
      : mutex_(where), room_(where), changed_(where), watcher_(&watcher), late_(late), bounds_(most) {}

  /// Waits while the queue is full and the run is attached. refused: no client gets it (stop producing).
  delivery write(stream which, base::byte_view text) {
    std::unique_lock lock(mutex_);
    while (restoring_) changed_.wait(lock);
    if (renderer_ != nullptr && attached(which)) return render(which, text, lock);
    return append(which, text, lock);
  }

  /// As write(), from the owner of the console and its renderer.
  delivery write_as_owner(stream which, base::byte_view text) {
    std::unique_lock lock(mutex_);
    return append(which, text, lock);
  }

  /// From now on others write through `drawn`, which lives until release() has returned. False: there is an owner.
  bool take_console(renderer& drawn) {
    const std::lock_guard lock(mutex_);
    if (renderer_ != nullptr || restoring_) return false;
    renderer_ = &drawn;
    return true;
  }

  /// Gives the console back: returns when nobody is inside the renderer any more; nobody writes past it meanwhile.
  void release_console() {
    std::unique_lock lock(mutex_);
    restoring_ = true;
    renderer_ = nullptr;
    while (rendering_ > 0) changed_.wait(lock);
    restoring_ = false;
    changed_.notify_all();
  }

  bool would_wait(std::size_t bytes) const {
    const std::lock_guard lock(mutex_);
    return queued_bytes_ + bytes > bounds_.queued_bytes_max;
  }

  // The session's side.

  /// Swaps everything that waits into `into`, which must be empty. False: there is nothing, and the watcher is told of
  /// the next.
  bool take(std::vector<output_piece>& into) {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) {
      armed_ = true;
      return false;
    }
    into.swap(queue_);
    queued_bytes_ = 0;
    room_.notify_all();
    return true;
  }

  /// The client takes no more of this stream: writers to it go on at once, what they write goes to the sink.
  void cut(stream which) {
    const std::lock_guard lock(mutex_);
    cut_[index(which)] = true;
    room_.notify_all();
  }

  /// The run has ended or its client has left: both streams are cut for all threads, and the watcher is forgotten. What
  /// was written before can still be taken.
  void detach() {
    const std::lock_guard lock(mutex_);
    cut_ = {true, true};
    watcher_ = nullptr;
    room_.notify_all();
  }

  std::uint64_t late_bytes() const {
    const std::lock_guard lock(mutex_);
    return late_bytes_;
  }

 private:
  using locked = std::unique_lock<typename Sync::mutex>;

  static constexpr std::size_t index(stream which) noexcept { return static_cast<std::size_t>(which); }
  bool attached(stream which) const noexcept { return !cut_[index(which)]; }

  delivery render(stream which, base::byte_view text, locked& lock) {
    renderer& drawn = *renderer_;
    ++rendering_;
    lock.unlock();
    drawn.render(which, text);
    lock.lock();
    if (--rendering_ == 0) changed_.notify_all();
    return attached(which) ? delivery::taken : delivery::refused;
  }

  delivery append(stream which, base::byte_view text, locked& lock) {
    while (!text.empty()) {
      if (!attached(which)) return hand_to_sink(which, text, lock);
      const base::byte_view piece = text.substr(0, whole_bytes_max);
      if (queued_bytes_ > 0 && queued_bytes_ + piece.size() > bounds_.queued_bytes_max) {
        room_.wait(lock);
        continue;
      }
      enqueue(which, piece);
      text.remove_prefix(piece.size());
    }
    return attached(which) ? delivery::taken : delivery::refused;
  }

  void enqueue(stream which, base::byte_view piece) {
    const bool joins = !queue_.empty() && queue_.back().which == which &&
                       queue_.back().text.size() + piece.size() <= output_queue::chunk_bytes_max;
    if (joins) {
      queue_.back().text.append(piece);
    } else {
      queue_.push_back({which, base::bytes(piece)});
    }
    queued_bytes_ += piece.size();
    if (std::exchange(armed_, false) && watcher_ != nullptr) watcher_->output_waits();
  }

  delivery hand_to_sink(stream which, base::byte_view text, locked& lock) {
    const std::uint64_t before = late_bytes_;
    late_bytes_ += text.size();
    lock.unlock();
    if (before < bounds_.late_bytes_max) {
      late_.late_output(which, text.substr(0, std::min<std::uint64_t>(text.size(), bounds_.late_bytes_max - before)));
    }
    return delivery::refused;
  }

  mutable typename Sync::mutex mutex_;
  typename Sync::condition room_;
  typename Sync::condition changed_;  // of the renderer
  output_watcher* watcher_;
  late_sink& late_;
  shared_output_bounds bounds_;
  std::vector<output_piece> queue_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t late_bytes_ = 0;
  renderer* renderer_ = nullptr;
  std::size_t rendering_ = 0;
  bool restoring_ = false;
  bool armed_ = false;
  std::array<bool, 2> cut_{};
};

using shared_output = basic_shared_output<task::thread_sync>;

}  // namespace naild::stdio
