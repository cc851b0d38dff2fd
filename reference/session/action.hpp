#pragma once

// What the machine of one session asks its driver to do, in order. Values, comparable and printable.

#include <cstdint>
#include <string>

#include "reference/base/bytes.hpp"

namespace naild::session {

enum class action_kind : std::uint8_t {
  request_admission,  // the header is complete: ask to run; the driver answers admitted or refused
  start_nail,         // with machine.request()
  feed_stdin,         // `payload` into the stdin pipe
  end_stdin,          // EOF after what was fed
  grant_stdin,        // send `S`
  cancel_nail,        // fire the run's token; at most once; `payload` = the reason for the log
  send_stderr,        // `payload` as a `2` chunk, behind the output that is queued
  send_exit,          // `X` with `number`, the last chunk; nothing is queued after it
  stop_reading,       // take no more chunks for the run; discard what still arrives (linger)
  close,              // nothing more is owed: close the connection
};

struct action {
  action_kind kind{};
  base::bytes payload{};
  std::int32_t number = 0;

  friend bool operator==(const action&, const action&) = default;
};

const char* name_of(action_kind kind) noexcept;
std::string to_string(const action& what);

}  // namespace naild::session
