#include "harness/diagram/mermaid.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/core.h>

namespace nailbiter::diagram {
namespace {

/// Characters that mean something to Mermaid, as its entities.
std::string quoted(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (std::string_view("#;:<>&{}%").find(byte) != std::string_view::npos) {
      fmt::format_to(std::back_inserter(out), "#{};", static_cast<int>(byte));
    } else {
      out += byte;
    }
  }
  return out;
}

std::string line_of(const item& one, std::size_t sessions) {
  const auto label = quoted(one.count == 1 ? one.label : fmt::format("{}x {}", one.count, one.label));
  switch (one.what) {
    case shape::sent: return fmt::format("c{0}->>r{0}: {1}", one.session, label);
    case shape::received: return fmt::format("r{0}-->>c{0}: {1}", one.session, label);
    case shape::act: return fmt::format("Note over c{}: {}", one.session, label);
    case shape::report: return fmt::format("Note over r{}: {}", one.session, label);
    case shape::order: return fmt::format("harness->>r{}: {}", one.session, label);
    case shape::world: break;
  }
  if (sessions == 0) return fmt::format("Note over harness: {}", label);
  return fmt::format("Note over c0,r{}: {}", sessions - 1, label);
}

}  // namespace

std::string to_mermaid(const space_time& drawn) {
  std::string out = fmt::format("%% {}\nsequenceDiagram\n", drawn.title);
  const bool has_orders = std::ranges::any_of(drawn.items, [](const item& one) { return one.what == shape::order; });
  for (std::size_t session = 0; session < drawn.sessions.size(); ++session) {
    const auto name = quoted(drawn.sessions[session]);
    fmt::format_to(std::back_inserter(out), "  participant c{0} as {1}\n  participant r{0} as run of {1}\n", session, name);
  }
  if (has_orders || drawn.sessions.empty()) out += "  participant harness\n";
  for (const item& one : drawn.items) {
    const auto line = line_of(one, drawn.sessions.size());
    out += one.witness ? fmt::format("  rect rgba(220, 40, 40, 0.25)\n    {}\n  end\n", line) : fmt::format("  {}\n", line);
  }
  if (drawn.events_left_out != 0) fmt::format_to(std::back_inserter(out), "  %% {} events left out\n", drawn.events_left_out);
  return out;
}

}  // namespace nailbiter::diagram
