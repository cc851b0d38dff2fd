#pragma once

// The daemon's own commands: naild-status, naild-cancel SESSION, naild-stop. They see sessions through an interface
// that the daemon implements; of its tables and strands they know nothing.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "reference/nail/registry.hpp"
#include "reference/port/clock.hpp"
#include "reference/task/strand.hpp"

namespace naild::nail {

/// One session at the moment when it was asked.
struct session_report {
  std::uint32_t session = 0;
  std::string_view phase;  // static storage
  bool cancelled = false;
  port::time_ns age_ns = 0;  // since it was accepted
  base::bytes command;       // one printable line, shortened; empty before it is known
};

/// A part of the list of all sessions, so that whoever reads slowly keeps no more than this of it.
struct session_page {
  static constexpr std::size_t sessions_max = 64;

  std::vector<session_report> reports{};  // ascending; fewer than the page has sessions where some ended meanwhile
  std::uint32_t last = 0;                 // the next page begins behind this number
  std::uint32_t newest = 0;               // of all that were open when the page was asked for
};

/// Any strand or thread. What is told comes as a step of `where`, once; `where` is not retired before.
class overseer {
 public:
  virtual ~overseer() = default;

  /// The next sessions behind number `after` that have not ended.
  virtual void list(task::strand& where, std::uint32_t after, std::function<void(session_page)> told) = 0;

  /// False: there is no such session. A run that ends meanwhile is not cancelled.
  virtual bool cancel(std::uint32_t session, base::bytes reason) = 0;

  /// Drains; `told` when nobody can connect any more.
  virtual void stop(task::strand& where, std::function<void()> told) = 0;
};

inline constexpr std::string_view administration_prefix = "naild-";

/// Whether a command is the daemon's own: brief, and run beside a full cap, where somebody may have to act.
inline bool is_administration(base::byte_view command) noexcept { return command.starts_with(administration_prefix); }

/// Borrows `daemon`, which outlives every run.
void add_administration(registry& nails, overseer& daemon);

}  // namespace naild::nail
