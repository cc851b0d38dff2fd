// Laws about orders: which run was first, what it is called, which life of the daemon it falls into.

#include <utility>

#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {
namespace {

plan::client after(plan::client who, const std::string& predecessor) {
  who.starts_after = predecessor;
  return who;
}

plan::client named(plan::client who, const std::string& name) {
  who.name = name;
  return who;
}

/// Its streams are whole lines, for in a cut one `NB ` and another op's text could read like a name.
plan::client with_whole_lines(plan::client who) {
  constexpr std::uint64_t line_bytes = 64;
  for (std::string& op : who.script) {
    if (!op.starts_with("stream ")) continue;
    const std::size_t count_at = op.rfind(' ') + 1;
    const std::uint64_t bytes = std::stoull(op.substr(count_at));
    op = op.substr(0, count_at) + std::to_string((bytes + line_bytes - 1) / line_bytes * line_bytes);
  }
  return who;
}

/// Lines of self-identifying bytes name their run: what it would have written under another name.
void rename(observation& seen, char from, char to) {
  for (std::string* text : {&seen.standard_output, &seen.standard_error}) {
    const std::string line = std::string("NB ") + from;
    for (std::size_t at = text->find(line); at != std::string::npos; at = text->find(line, at)) (*text)[at + 3] = to;
  }
}

}  // namespace

void a_run_can_be_repeated_among(subject& held_by, const cast& of) {
  const plan::client once = with_whole_lines(*of.staying("a"));
  played both = held_by.play(plan_of({once, after(named(once, "z"), "a")}), *a_seed().as("seed"));
  rename(both.clients[1], 'z', 'a');
  require_same("the second time must be as the first", both, 0, both, 1);
}

void predecessors_commute(subject& held_by) {
  const plan::client a = *a_neighbour("a");
  const plan::client b = *a_neighbour("b");
  const plan::client probe = *a_client("p");
  const std::uint64_t seed = *a_seed().as("seed");
  const played ab = held_by.play(plan_of({a, after(b, "a"), after(probe, "b")}), seed);
  const played ba = held_by.play(plan_of({b, after(a, "b"), after(probe, "a")}), seed);
  require_same("the order of the runs before must not be seen", ab, 2, ba, 2);
}

void names_make_no_difference(subject& held_by) {
  const plan::client one = with_whole_lines(*a_client("a"));
  const plan::client other = with_whole_lines(*a_client("b"));
  const std::uint64_t seed = *a_seed().as("seed");
  const played before = held_by.play(plan_of({one, other}), seed);
  played swapped = held_by.play(plan_of({named(one, "b"), named(other, "a")}), seed);
  rename(swapped.clients[0], 'b', 'a');
  rename(swapped.clients[1], 'a', 'b');
  for (std::size_t i = 0; i < 2; ++i) require_same("a run's name must make no difference", before, i, swapped, i);
}

void a_restart_changes_nothing(subject& held_by) {
  const plan::client who = *a_client("a");
  (void)held_by.play(plan_of({*a_neighbour("b")}), *a_seed().as("seed of its first life"));
  const played before = alone(held_by, who);
  held_by.restart();
  require_same("a restart must not be noticed", before, 0, alone(held_by, who), 0);
}

}  // namespace nailbiter::laws
