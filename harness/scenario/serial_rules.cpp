#include "harness/scenario/serial_rules.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace nailbiter::scenario {
namespace {

using plan::op_kind;

constexpr std::string_view barrier_word = "barrier ";
constexpr std::string_view at_once_requirement = "F2";

/// Barriers that more than one client comes to.
std::set<std::string> shared_barriers(const plan::plan& what) {
  std::map<std::string, std::set<std::string>> members;
  for (const plan::client& who : what.clients) {
    for (const std::string& step : who.script) {
      if (step.starts_with(barrier_word)) members[step].insert(who.name);
    }
  }
  std::set<std::string> shared;
  for (const auto& [step, names] : members) {
    if (names.size() > 1) shared.insert(step);
  }
  return shared;
}

bool helper_meets(const plan::client& who) {
  return std::ranges::any_of(who.script, [](const std::string& step) {
    return !step.starts_with(barrier_word) && step.find(barrier_word) != step.npos;
  });
}

/// Whose end this client waits for.
std::set<std::string> awaited_by(const plan::client& who) {
  std::set<std::string> names;
  if (!who.starts_after.empty()) names.insert(who.starts_after);
  for (const plan::op& step : who.ops) {
    if (step.kind == op_kind::until_client) names.insert(step.text);
  }
  return names;
}

/// The clients' names so that each comes after all that it waits for, else in the order of the plan; short where they wait
/// in a circle.
std::vector<std::string> order_of(const plan::plan& what) {
  std::vector<std::string> order;
  const auto has_come = [&order](const std::string& name) { return std::ranges::find(order, name) != order.end(); };
  for (bool moved = true; std::exchange(moved, false);) {
    for (const plan::client& who : what.clients) {
      if (has_come(who.name) || !std::ranges::all_of(awaited_by(who), has_come)) continue;
      order.push_back(who.name);
      moved = true;
    }
  }
  return order;
}

}  // namespace

tl::expected<plan::plan, std::string> in_turn(plan::plan what) {
  if (what.clients.size() < 2) return what;
  const bool is_about_overlap = std::ranges::find(what.requires_ids, at_once_requirement) != what.requires_ids.end();
  if (is_about_overlap || std::ranges::any_of(what.clients, helper_meets)) {
    return tl::unexpected(std::string("the dialect does not run commands at the same time (runs = in-turn)"));
  }
  const auto shared = shared_barriers(what);
  for (plan::client& who : what.clients) {
    std::erase_if(who.script, [&shared](const std::string& step) { return shared.contains(step); });
    if (who.script.empty() && who.command.empty()) who.script = {"exit 0"};  // it came to meet somebody
  }
  if (std::ranges::all_of(what.clients, [](const plan::client& who) { return awaited_by(who).empty(); })) return what;
  const auto order = order_of(what);
  if (order.size() < what.clients.size()) {
    return tl::unexpected(std::string("its clients wait for each other in a circle, and the dialect has runs = in-turn"));
  }
  for (plan::client& who : what.clients) {
    const auto at = std::ranges::find(order, who.name);
    who.starts_after = at == order.begin() ? std::string() : *std::prev(at);
  }
  return what;
}

}  // namespace nailbiter::scenario
