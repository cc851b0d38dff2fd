#pragma once

// What mutants keep for the whole process: the state that the real daemon does not have. A new server begins with an
// empty one, so that one execution of the simulator leaves nothing to the next. One io thread only.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mutants {

struct planted_world {
  // the session that did it last
  std::uint32_t writer = 0;
  std::uint32_t reader = 0;
  std::uint32_t started = 0;

  std::map<std::string, std::string> environment;
  std::map<std::uint32_t, std::string> cache;
  std::vector<std::string> arguments;
  std::string working_dir;
  std::set<std::uint32_t> cancelled;
  std::map<std::uint32_t, std::uint32_t> slots;  // slot -> session
  std::map<std::string, std::string> values;
  std::vector<std::function<void()>> held;  // until no writer waits
  std::size_t writers_waiting = 0;
  std::int32_t exit_code = 0;
  std::uint64_t heard_at = 0;
  bool stdin_granted = false;
  bool cancel_left_over = false;
  bool bad_header = false;

  bool was_heard_at(std::uint64_t now) { return std::exchange(heard_at, now) == now; }

  void writer_goes_on() {
    if (--writers_waiting > 0) return;
    for (const auto& each : std::exchange(held, {})) each();
  }

  /// Slots are numbers that are used again: the lowest free one.
  void take_slot(std::uint32_t session) {
    std::uint32_t slot = 0;
    while (slots.contains(slot)) ++slot;
    slots.emplace(slot, session);
  }
  void free_slot(std::uint32_t session) { slots.erase(slot_of(session)); }
  std::uint32_t slot_of(std::uint32_t session) const {
    for (const auto& [slot, holder] : slots) {
      if (holder == session) return slot;
    }
    return UINT32_MAX;
  }
  std::uint32_t holder_of(std::uint32_t slot) const {
    const auto found = slots.find(slot);
    return found == slots.end() ? 0 : found->second;
  }
};

inline planted_world& world() {
  static planted_world only;
  return only;
}

/// What was first cached under `key`.
inline std::string cached(bool on, std::uint32_t key, std::string own) {
  return on ? world().cache.try_emplace(key, std::move(own)).first->second : own;
}

inline std::string as_ascii(std::string text) {
  for (char& each : text) {
    if (static_cast<unsigned char>(each) >= 0x80) each = '?';
  }
  return text;
}

}  // namespace mutants
