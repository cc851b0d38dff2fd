#pragma once

// The sans-I/O machine of ONE session: events in, actions out. All protocol policy of naild's dialect is here, its
// transitions in one table (transition_table.cpp). Knows no sockets, time, tasks or threads.
//
// What a driver must know besides the actions: `waiting` left without start_nail = withdraw the admission; `lingering`
// entered = shut the write side and arm linger_ms; there, tell half_closed again once the input has really been read to
// its end (it may have been told out of band, before unread bytes).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reference/session/action.hpp"
#include "reference/session/event.hpp"
#include "reference/session/header.hpp"
#include "reference/session/request.hpp"
#include "reference/session/state.hpp"
#include "reference/session/transition_table.hpp"
#include "reference/session/violation.hpp"

namespace naild::session {

enum class stdin_grant : std::uint8_t { each, once };  // `S` again after each consumed Stdin chunk, or only once

/// Exit codes that naild itself gives (protocol.md).
inline constexpr std::int32_t exit_code_violation = 1;
inline constexpr std::int32_t exit_code_refused = 75;
inline constexpr std::int32_t exit_code_cancelled = -1;

/// Own strand only. Deterministic: equal event sequences give equal action sequences.
class machine {
 public:
  explicit machine(limits bounds = {}, stdin_grant grant = stdin_grant::each) noexcept;

  /// The actions stay valid until the next call. Every event is legal in every state (the table is total).
  std::span<const action> on_event(event what);

  /// The same span, for a driver that takes the payload of feed_stdin by moving it.
  std::span<action> pending() noexcept { return actions_; }

  state now() const noexcept { return now_; }
  const request& asked() const noexcept { return header_.asked(); }

  /// Was the run's token fired, or would it have been (cancelled before start)? Recorded for status and history.
  bool was_cancelled() const noexcept { return was_cancelled_; }

 private:
  std::optional<violation> broken_rule(const event& what);
  void react(reaction what, event& cause);
  void feed(event& cause);
  void end_feed();
  void grant(bool wanted);
  void fire_token(base::bytes reason);
  void fail();
  void finish(std::int32_t code);
  void answer(base::bytes reason, std::int32_t code);
  void tell(base::byte_view reason);
  void stop_reading();
  void ask(action_kind kind, base::bytes payload = {}, std::int32_t number = 0);

  stdin_grant grant_mode_;
  header header_;
  state now_ = state::header;
  std::vector<action> actions_;
  std::optional<violation> violation_;  // the first one; its text was sent, and `X` is 1
  bool was_cancelled_ = false;
  bool is_gone_ = false;
  bool stopped_reading_ = false;
  bool stdin_granted_ = false;      // `S` was sent at least once
  bool client_ended_stdin_ = false; // `.` came
  bool nail_stopped_stdin_ = false;
};

}  // namespace naild::session
