#include "harness/history/event.hpp"

#include <array>

#include "harness/history/event_names.hpp"

namespace nailbiter::history {
namespace {

constexpr std::array names{
    "connected",       "connect_failed", "sent_header", "sent_chunk", "sent_bytes",      "half_closed",
    "closed",          "reset",          "op_begun",    "op_done",    "received_chunk",  "received_bad_bytes",
    "received_end",    "received_reset", "run_hello",   "run_at",     "run_barrier",     "run_blocked",
    "run_cancelled",   "run_exit",       "run_lost",    "run_go",     "client_finished", "daemon_ended",
    "deadline_passed", "quiescent",      "census",
    "stacks",          "sanitizer_watches", "sanitizer_report", "log_watched", "log_line", "no_progress",
};
static_assert(names.size() == static_cast<std::size_t>(event_kind::no_progress) + 1);

}  // namespace

const char* name_of(event_kind kind) noexcept {
  const auto at = static_cast<std::size_t>(kind);
  return at < names.size() ? names[at] : "unknown_event";
}

std::optional<event_kind> kind_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name == names[i]) return static_cast<event_kind>(i);
  }
  return std::nullopt;
}

}  // namespace nailbiter::history
