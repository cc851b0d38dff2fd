#pragma once

// How a wait ended, as a test compares it, and the little tasks that wait.

#include <optional>
#include <string>
#include <vector>

#include "reference/port/byte_stream.hpp"
#include "reference/task/task.hpp"
#include "tests/contract/connected_pair.hpp"

namespace contract {

struct sighting {
  int times = 0;
  std::optional<naild::base::io_error> error;  // empty after at least one time = it was a value

  template <class T>
  void note(const naild::base::io_result<T>& result) {
    ++times;
    error = result ? std::nullopt : std::optional(result.error());
  }

  friend bool operator==(const sighting&, const sighting&) = default;
};

inline constexpr sighting never{};
inline constexpr sighting a_value{.times = 1, .error = std::nullopt};
constexpr sighting once(naild::base::io_error error) { return {.times = 1, .error = error}; }

inline void PrintTo(const sighting& seen, std::ostream* out) {
  *out << seen.times << " times, last " << (seen.error ? naild::base::describe(*seen.error) : "a value");
}

inline naild::task::task<> watch_peer(naild::port::byte_stream& stream, sighting& seen) {
  auto result = co_await stream.peer_closed();
  seen.note(result);
}

inline naild::task::task<> read_once(naild::port::byte_stream& stream, sighting& seen) {
  char buffer[16];
  auto result = co_await stream.read_some(buffer);
  seen.note(result);
}

inline naild::task::task<> write_until_it_fails(naild::port::byte_stream& stream, sighting& seen) {
  const std::string bytes(65'536, 'w');
  for (;;) {
    auto result = co_await stream.write_some(bytes);
    if (result) continue;
    seen.note(result);
    co_return;
  }
}

/// How many bytes came before the end.
inline naild::task::task<std::size_t> read_to_end(naild::port::byte_stream& stream, sighting& end) {
  std::vector<char> buffer(65'536);
  std::size_t total = 0;
  for (;;) {
    auto got = co_await stream.read_some(buffer);
    if (!got) {
      end.note(got);
      co_return total;
    }
    total += *got;
  }
}

inline naild::task::task<> send(naild::port::byte_stream& stream, std::size_t count) {
  const std::string bytes(count, 's');
  for (naild::base::byte_view rest = bytes; !rest.empty();) {
    auto taken = co_await stream.write_some(rest);
    if (!taken) co_return;
    rest.remove_prefix(*taken);
  }
}

/// Lets everything else happen that can happen in that time.
inline naild::task::task<> pause(world_under_test& world, naild::port::time_ns how_long = naild::port::milliseconds(5)) {
  auto timer = world.ports().time.make_timer({});
  co_await timer->until(world.ports().time.now() + how_long);
}

}  // namespace contract
