// Names of the machine's values for logs and tests; payloads are escaped and shortened.

#include <fmt/core.h>

#include "reference/session/action.hpp"
#include "reference/session/event.hpp"
#include "reference/session/state.hpp"

namespace naild::session {
namespace {

constexpr std::size_t shown_bytes_max = 40;

std::string escaped(base::byte_view payload) {
  std::string text;
  for (const char byte : payload.substr(0, shown_bytes_max)) {
    const auto value = static_cast<unsigned char>(byte);
    if (value >= 0x20 && value < 0x7f && byte != '"' && byte != '\\') text += byte;
    else text += fmt::format("\\x{:02x}", value);
  }
  if (payload.size() > shown_bytes_max) text += fmt::format("... {} bytes", payload.size());
  return text;
}

std::string line_of(const char* name, std::int64_t number, base::byte_view payload) {
  std::string text = name;
  if (number != 0) text += fmt::format(" {}", number);
  if (!payload.empty()) text += fmt::format(" \"{}\"", escaped(payload));
  return text;
}

}  // namespace

const char* name_of(event_kind kind) noexcept {
  switch (kind) {
    case event_kind::argument: return "argument";
    case event_kind::environment: return "environment";
    case event_kind::working_dir: return "working_dir";
    case event_kind::command: return "command";
    case event_kind::heartbeat: return "heartbeat";
    case event_kind::stdin_data: return "stdin_data";
    case event_kind::stdin_eof: return "stdin_eof";
    case event_kind::unknown_chunk: return "unknown_chunk";
    case event_kind::chunk_too_long: return "chunk_too_long";
    case event_kind::half_closed: return "half_closed";
    case event_kind::gone: return "gone";
    case event_kind::header_timed_out: return "header_timed_out";
    case event_kind::heartbeat_timed_out: return "heartbeat_timed_out";
    case event_kind::linger_timed_out: return "linger_timed_out";
    case event_kind::admitted: return "admitted";
    case event_kind::refused: return "refused";
    case event_kind::nail_wants_stdin: return "nail_wants_stdin";
    case event_kind::nail_consumed_stdin: return "nail_consumed_stdin";
    case event_kind::nail_stopped_stdin: return "nail_stopped_stdin";
    case event_kind::nail_exited: return "nail_exited";
    case event_kind::output_drained: return "output_drained";
    case event_kind::drain_asked: return "drain_asked";
    case event_kind::cancel_asked: return "cancel_asked";
  }
  return "unknown event";
}

const char* name_of(action_kind kind) noexcept {
  switch (kind) {
    case action_kind::request_admission: return "request_admission";
    case action_kind::start_nail: return "start_nail";
    case action_kind::feed_stdin: return "feed_stdin";
    case action_kind::end_stdin: return "end_stdin";
    case action_kind::grant_stdin: return "grant_stdin";
    case action_kind::cancel_nail: return "cancel_nail";
    case action_kind::send_stderr: return "send_stderr";
    case action_kind::send_exit: return "send_exit";
    case action_kind::stop_reading: return "stop_reading";
    case action_kind::close: return "close";
  }
  return "unknown action";
}

const char* name_of(state which) noexcept {
  switch (which) {
    case state::header: return "header";
    case state::waiting: return "waiting";
    case state::running: return "running";
    case state::cancelling: return "cancelling";
    case state::exiting: return "exiting";
    case state::lingering: return "lingering";
    case state::closed: return "closed";
  }
  return "unknown state";
}

std::string to_string(const event& what) { return line_of(name_of(what.kind), what.number, what.payload); }

std::string to_string(const action& what) {
  if (what.kind == action_kind::send_exit) return fmt::format("send_exit {}", what.number);
  return line_of(name_of(what.kind), what.number, what.payload);
}

}  // namespace naild::session
