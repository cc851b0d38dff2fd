#pragma once

// What one run of one case against one target gave.

#include <cstdint>
#include <string>
#include <vector>

#include "harness/check/verdict.hpp"
#include "harness/history/event.hpp"

namespace nailbiter::target {

struct case_result {
  history::history observed;
  std::vector<check::verdict> verdicts;
  check::verdict summary;
  std::string daemon_log;        // what the target wrote on its own streams during the case, bounded
  std::string wire_log;          // text, one line a chunk
  std::string replay;            // the one copy-paste line; empty when nothing failed
  std::uint64_t duration_ns = 0;
  bool no_daemon = false;        // this target has never answered, over no transport: the next case will fare no better
};

}  // namespace nailbiter::target
