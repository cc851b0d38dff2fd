#pragma once

// Armed timers of a simulated world, the earliest first, equal deadlines in the order of arming: a heap whose entries
// know their place, so that cancelling is cheap. Moves no time by itself.

#include <cstdint>
#include <limits>
#include <vector>

#include "reference/port/clock.hpp"

namespace nailbiter::sim {

/// Intrusive part of a timer; it must be removed before it dies.
struct timer_entry {
  static constexpr std::size_t idle = std::numeric_limits<std::size_t>::max();

  naild::port::time_ns at = 0;
  std::uint64_t order = 0;
  std::size_t place = idle;
  void (*fire)(timer_entry*) = nullptr;
};

class timer_queue {
 public:
  static constexpr naild::port::time_ns never = std::numeric_limits<naild::port::time_ns>::max();

  naild::port::time_ns earliest() const noexcept { return heap_.empty() ? never : heap_.front()->at; }

  std::size_t armed() const noexcept { return heap_.size(); }

  void add(timer_entry& entry, naild::port::time_ns at) {
    entry.at = at;
    entry.order = order_++;
    heap_.push_back(&entry);
    rise(heap_.size() - 1);
  }

  /// False when it was not armed.
  bool remove(timer_entry& entry) noexcept {
    const std::size_t place = entry.place;
    if (place == timer_entry::idle) return false;
    entry.place = timer_entry::idle;
    timer_entry* last = heap_.back();
    heap_.pop_back();
    if (last == &entry) return true;
    heap_[place] = last;
    sink(place);
    rise(last->place);
    return true;
  }

  /// The earliest, no longer armed. Not on an empty queue.
  timer_entry& pop() noexcept {
    timer_entry& first = *heap_.front();
    remove(first);
    return first;
  }

  void clear() noexcept {
    for (timer_entry* entry : heap_) entry->place = timer_entry::idle;
    heap_.clear();
    order_ = 0;
  }

 private:
  static bool before(const timer_entry& a, const timer_entry& b) noexcept {
    return a.at != b.at ? a.at < b.at : a.order < b.order;
  }

  void rise(std::size_t place) noexcept {
    timer_entry* moving = heap_[place];
    while (place > 0 && before(*moving, *heap_[(place - 1) / 2])) {
      put(place, heap_[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    put(place, moving);
  }

  void sink(std::size_t place) noexcept {
    timer_entry* moving = heap_[place];
    for (;;) {
      std::size_t child = 2 * place + 1;
      if (child >= heap_.size()) break;
      if (child + 1 < heap_.size() && before(*heap_[child + 1], *heap_[child])) ++child;
      if (!before(*heap_[child], *moving)) break;
      put(place, heap_[child]);
      place = child;
    }
    put(place, moving);
  }

  void put(std::size_t place, timer_entry* entry) noexcept {
    heap_[place] = entry;
    entry->place = place;
  }

  std::vector<timer_entry*> heap_;
  std::uint64_t order_ = 0;
};

}  // namespace nailbiter::sim
