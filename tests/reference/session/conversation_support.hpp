#pragma once

// A conversation with one machine: tells it events and keeps every action it asked for.

#include <cstddef>
#include <iosfwd>
#include <vector>

#include "reference/session/machine.hpp"

namespace naild::session {

event said(event_kind kind, base::bytes payload = {}, std::int64_t number = 0);

/// The events of an undisturbed run with stdin, from the first argument to the client's close.
std::vector<event> normal_conversation();

/// For GoogleTest.
void PrintTo(const action& what, std::ostream* out);

class conversation {
 public:
  explicit conversation(limits bounds = {}, stdin_grant grant = stdin_grant::each) : machine_(bounds, grant) {}

  /// The actions of this event alone.
  std::vector<action> tell(event what);
  std::vector<action> tell(event_kind kind, base::bytes payload = {}, std::int64_t number = 0) { return tell(said(kind, std::move(payload), number)); }

  /// A complete header, admitted and started.
  void start_run();

  std::size_t count(action_kind kind) const;
  const action* last(action_kind kind) const;  // nullptr = never asked for

  const std::vector<action>& asked() const { return asked_; }
  machine& subject() { return machine_; }
  state now() const { return machine_.now(); }

 private:
  machine machine_;
  std::vector<action> asked_;
};

}  // namespace naild::session
