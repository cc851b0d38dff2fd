#pragma once

// Appends to a history: the time since the case began and a fixed actor. Knows nothing of what events mean. All actors
// of one case step on one thread in both worlds, so it needs no lock.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/history/event.hpp"
#include "reference/port/clock.hpp"

namespace nailbiter::actor {

using history::event_kind;

/// Borrows the clock. Holds at most events_max events of clients and runs; later ones are counted only. Those of the world
/// are few, and among them is the one that says how the case ended: they are always kept.
class recorder {
 public:
  static constexpr std::size_t events_max = 1u << 20;

  /// Takes over `memory` for the events, so that a caller with many cases can recycle it.
  explicit recorder(const naild::port::clock& time, std::vector<history::event> memory = {})
      : time_(time), began_ns_(time.now()), events_(std::move(memory)) {
    events_.clear();
  }

  void add(event_kind kind, std::uint32_t actor, std::string text = {}, std::int64_t number = 0, char type = 0) {
    if (events_.size() >= events_max && actor != history::no_actor) {
      ++lost_;
      return;
    }
    history::event& last = events_.emplace_back();
    last.kind = kind;
    last.actor = actor;
    last.time_ns = time_.now() - began_ns_;
    last.type = type;
    last.number = number;
    last.text = std::move(text);
  }

  const std::vector<history::event>& events() const noexcept { return events_; }
  std::vector<history::event> take() noexcept { return std::move(events_); }

  /// Not zero: the history is cut, and nothing may be concluded from what it lacks.
  std::uint64_t lost() const noexcept { return lost_; }

 private:
  const naild::port::clock& time_;
  std::uint64_t began_ns_;
  std::vector<history::event> events_;
  std::uint64_t lost_ = 0;
};

}  // namespace nailbiter::actor
