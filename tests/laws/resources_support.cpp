// The law about what is held: descriptors, threads, children, sessions, timers, by its slope over rounds.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "harness/check/verdict.hpp"
#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {

void rounds_leave_nothing_behind(subject& held_by) {
  constexpr int rounds = 10;
  const plan::client once = *a_neighbour("r");
  std::vector<plan::client> clients;
  for (int round = 0; round < rounds; ++round) {
    plan::client who = once;
    if (round > 0) {
      who.name += std::to_string(round);
      who.starts_after = clients.back().name;
    }
    clients.push_back(std::move(who));
  }
  plan::plan what = plan_of(std::move(clients));
  what.checks = {"resources"};
  const played seen = held_by.play(what, *a_seed().as("seed"));
  const auto verdicts = check::judge(seen.observed);
  const auto found = std::ranges::find(verdicts, std::string_view("resources"), &check::verdict::checker);
  if (found->result == check::outcome::pass) return;
  fail_case("what is held must not grow with the rounds: " + found->detail, seen);
}

}  // namespace nailbiter::laws
