#pragma once

// What a daemon did in one short session, as far as the questions of a probe look at it. Read from a history; knows no
// question.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/history/event.hpp"

namespace nailbiter::probe {

struct answer {
  bool connected = false;
  std::optional<std::string> exit_payload{};  // of the first `X`
  std::optional<std::int32_t> exit_code{};    // unset: none came, or it is no number
  std::string out{};  // all streams up to that `X`
  std::string err{};
  std::uint32_t grants = 0;    // `S`
  bool run_cancelled = false;  // what its puppet reported
  bool run_lost = false;
  bool closed_by_daemon = false;
  bool stopped = false;  // nothing moved any more, or the deadline passed
  std::vector<bool> op_done{};  // of its ops, in order: done, or given up as hopeless; one that never ended is false
};

/// Of the client with this index.
answer answer_of(const history::history& seen, std::uint32_t actor = 0);

}  // namespace nailbiter::probe
