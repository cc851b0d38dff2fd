#pragma once

// What every family of checkers is given: the history, the plan worked out, the views, the streams compared. Built
// once for all of them.

#include <array>
#include <string>
#include <vector>

#include "harness/check/prepared_plan.hpp"
#include "harness/check/stream_comparison.hpp"
#include "harness/check/verdict.hpp"
#include "harness/check/views.hpp"

namespace nailbiter::check {

/// Borrows the history and the prepared plan.
struct context {
  context(const history::history& what, const prepared_plan& prepared);

  const history::history& observed;
  const prepared_plan& intended;
  views seen;
  std::vector<std::array<stream_comparison, 2>> streams{};  // stdout, stderr of each client

  std::size_t client_count() const noexcept { return seen.clients.size(); }
  const plan::client& client(std::size_t index) const noexcept { return intended.what.clients[index]; }
  const history::event& event(event_index at) const noexcept { return observed.events[at]; }

  /// The client asked for an answer and is still there to hear it. One without a header of its own asks by connecting:
  /// its case says what must come of that.
  bool is_owed_exit(std::size_t index) const noexcept;

  /// Milliseconds from one event to another; 0 if the order is the other way.
  std::uint64_t elapsed_ms(event_index from, event_index to) const noexcept;
};

/// The name under which reports show a client: "a" in quotes.
std::string quoted(const plan::client& who);

inline verdict failed(reason why, std::string detail, std::vector<event_index> witness) {
  return {outcome::fail, {}, why, std::move(detail), std::move(witness)};
}

inline verdict unsure(reason why, std::string detail, std::vector<event_index> witness) {
  return {outcome::unknown, {}, why, std::move(detail), std::move(witness)};
}

/// A family that found nothing wrong; not exercised when it had nothing to look at.
inline verdict found_nothing(bool looked) {
  return {looked ? outcome::pass : outcome::not_exercised, {}, reason::none, {}, {}};
}

}  // namespace nailbiter::check
