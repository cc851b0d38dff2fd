#include "fuzz/session_events.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace fuzz {
namespace {

using naild::base::byte_view;
using namespace naild::session;
using namespace std::string_view_literals;

// What a rule of the header asks about: '=', NUL, a leading '/', a repeated key, nothing at all.
constexpr std::array payloads{""sv, "a=b"sv, "a=c"sv, "b="sv, "=d"sv, "no equals"sv, "/"sv, "/tmp"sv, "tmp"sv, "\0"sv, "a=\0"sv, "/\0"sv, "two\nlines\"\\"sv};

constexpr std::uint8_t long_payload = 0x80;  // from here on: 'x', four times as often as the rest says

naild::base::bytes payload_of(std::uint8_t choice) {
  if (choice >= long_payload) return naild::base::bytes(4u * (choice - long_payload), 'x');
  return naild::base::bytes(payloads[choice % payloads.size()]);
}

std::int64_t number_of(std::uint8_t choice) {
  const auto number = static_cast<std::int8_t>(choice);
  if (number == std::numeric_limits<std::int8_t>::min()) return std::numeric_limits<std::int32_t>::min();
  if (number == std::numeric_limits<std::int8_t>::max()) return std::numeric_limits<std::int32_t>::max();
  return number;
}

step session_of(std::uint8_t choice) {
  return {.what = std::nullopt,
          .bounds = choice & 2 ? limits{.header_bytes_max = 60, .args_max = 1, .env_max = 2} : limits{.header_bytes_max = 400, .args_max = 4, .env_max = 6},
          .grant = choice & 1 ? stdin_grant::once : stdin_grant::each};
}

std::size_t below(std::size_t bound, std::minstd_rand& random) { return bound == 0 ? 0 : random() % bound; }

std::size_t room_of(std::size_t bytes_max) {
  constexpr std::size_t events_max = 128;  // some ten sessions; more are slower and show nothing else
  return std::min(bytes_max / event_bytes, events_max) * event_bytes;
}

std::string any_event(std::minstd_rand& random) {
  std::string made;
  made.push_back(static_cast<char>(below(event_kinds + 1, random)));
  made.push_back(static_cast<char>(random() >> 8));
  made.push_back(static_cast<char>(below(4, random) != 0 ? below(payloads.size(), random) : random() >> 8));
  return made;
}

// Another session that comes some way: what random events alone would take long to reach.
std::string usual_beginning(std::minstd_rand& random) {
  constexpr std::array usual{event_kind::working_dir,         event_kind::command,   event_kind::admitted,    event_kind::nail_wants_stdin, event_kind::stdin_data,
                             event_kind::nail_consumed_stdin, event_kind::stdin_eof, event_kind::nail_exited, event_kind::output_drained};
  constexpr char absolute_path = 7;
  std::string made{static_cast<char>(event_kinds), static_cast<char>(below(4, random)), '\0'};
  for (std::size_t i = below(usual.size() + 1, random), at = 0; at < i; ++at) made += {static_cast<char>(usual[at]), '\0', absolute_path};
  return made;
}

enum class edit : std::uint8_t { put_in, begin, take_out, repeat, exchange, change };
constexpr std::size_t edits = 6;

void apply(edit what, std::string& events, std::minstd_rand& random) {
  const std::size_t count = events.size() / event_bytes;
  const std::size_t at = below(count, random) * event_bytes;
  switch (what) {
    case edit::put_in: events.insert(below(count + 1, random) * event_bytes, any_event(random)); return;
    case edit::begin: events.insert(below(count + 1, random) * event_bytes, usual_beginning(random)); return;
    case edit::take_out: events.erase(at, (1 + below(3, random)) * event_bytes); return;
    case edit::repeat: events.insert(below(count + 1, random) * event_bytes, events.substr(at, (1 + below(8, random)) * event_bytes)); return;
    case edit::exchange: {
      const std::size_t other = below(count, random) * event_bytes;
      for (std::size_t i = 0; i < event_bytes; ++i) std::swap(events[at + i], events[other + i]);
      return;
    }
    case edit::change: {
      const std::size_t which = below(event_bytes, random);
      events[at + which] = any_event(random)[which];
      return;
    }
  }
}

}  // namespace

step next_step(fuzz_input& input) {
  const std::size_t kind = input.byte() % (event_kinds + 1);
  const std::uint8_t number = input.byte();
  const std::uint8_t payload = input.byte();
  if (kind == event_kinds) return session_of(number);
  return {.what = event{.kind = static_cast<event_kind>(kind), .payload = payload_of(payload), .number = number_of(number)}};
}

step first_session() { return session_of(0); }

std::string mutated(std::string events, std::size_t bytes_max, std::minstd_rand& random) {
  const std::size_t room = room_of(bytes_max);
  events.resize(events.size() - events.size() % event_bytes);
  for (std::size_t left = 1 + below(4, random); left > 0; --left) {
    const bool is_empty = events.empty();
    apply(is_empty ? edit::put_in : static_cast<edit>(below(edits, random)), events, random);
  }
  if (events.empty()) events = any_event(random);
  if (events.size() > room) events.resize(room);
  return events;
}

std::string crossed(byte_view left, byte_view right, std::size_t bytes_max, std::minstd_rand& random) {
  const auto cut = [&](byte_view from) { return below(from.size() / event_bytes + 1, random) * event_bytes; };
  std::string made(left.substr(0, cut(left)));
  made += right.substr(cut(right));
  made.resize(std::min(made.size() - made.size() % event_bytes, room_of(bytes_max)));
  return made;
}

}  // namespace fuzz
