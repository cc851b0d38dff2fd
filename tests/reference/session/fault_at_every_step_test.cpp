// One fault, injected at every step of a normal conversation: the outcome depends on the state alone.

#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "tests/reference/session/conversation_support.hpp"

namespace naild::session {
namespace {

using enum action_kind;
using exit_code = std::optional<std::int64_t>;  // nullopt = the client is told none

constexpr std::int64_t own = 7;  // what the nail of the normal conversation exits with

struct fault {
  event_kind kind;
  std::map<state, exit_code> outcome;  // by the state in which it strikes; elsewhere: the nail's own code
};

const std::vector<fault> faults{
    {event_kind::gone, {{state::header, {}}, {state::waiting, {}}, {state::running, {}}}},
    {event_kind::half_closed, {{state::header, 1}, {state::waiting, -1}}},
    {event_kind::unknown_chunk, {{state::header, 1}, {state::waiting, 1}, {state::running, 1}}},
    {event_kind::chunk_too_long, {{state::header, 1}, {state::waiting, 1}, {state::running, 1}}},
    {event_kind::command, {{state::waiting, 1}, {state::running, 1}}},
    {event_kind::header_timed_out, {{state::header, 1}}},
    {event_kind::heartbeat_timed_out, {{state::header, 1}, {state::waiting, -1}}},
    {event_kind::refused, {{state::header, 75}, {state::waiting, 75}}},
    {event_kind::drain_asked, {{state::header, 75}, {state::waiting, 75}}},
    {event_kind::cancel_asked, {{state::header, -1}, {state::waiting, -1}}},
    {event_kind::linger_timed_out, {}},
};

/// Lets the nail end and the output drain, then closes, as a driver does after a fault.
void wind_up(conversation& talk) {
  if (talk.count(start_nail) != 0u) talk.tell(event_kind::nail_exited, {}, own);
  talk.tell(event_kind::output_drained);
  talk.tell(event_kind::linger_timed_out);
}

TEST(Fault, has_its_expected_outcome_at_every_step_of_a_normal_conversation) {
  const auto steps = normal_conversation();
  for (const auto& fault : faults) {
    for (std::size_t struck = 0; struck <= steps.size(); ++struck) {
      conversation talk;
      for (std::size_t i = 0; i < struck; ++i) talk.tell(steps[i]);
      const state at = talk.now();
      if (fault.kind == event_kind::command && at == state::header) continue;  // there it is no fault
      talk.tell(fault.kind, "reason");
      const bool goes_on = talk.now() == at && at < state::running;
      for (std::size_t i = struck; goes_on && i < steps.size(); ++i) talk.tell(steps[i]);
      wind_up(talk);

      SCOPED_TRACE(std::string(name_of(fault.kind)) + " in " + name_of(at) + " before step " + std::to_string(struck));
      const auto found = fault.outcome.find(at);
      const exit_code expected = found != fault.outcome.end() ? found->second : exit_code(own);
      const action* exit = talk.last(send_exit);
      EXPECT_EQ(exit == nullptr ? exit_code() : exit_code(exit->number), expected);
      EXPECT_EQ(talk.now(), state::closed);
      EXPECT_EQ(talk.count(close), 1u);
    }
  }
}

}  // namespace
}  // namespace naild::session
