#include "harness/scenario/expand.hpp"

#include <algorithm>
#include <set>

#include "harness/scenario/client_builder.hpp"

namespace nailbiter::scenario {
namespace {

using chosen_values = std::vector<const axis_value*>;  // one for each axis

std::string id_of(const scenario& from, const chosen_values& chosen) {
  if (from.axes.empty()) return from.id;
  std::string id = from.id + '[';
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (i > 0) id += ',';
    id += from.axes[i].name + '=' + chosen[i]->name;
  }
  return id + ']';
}

std::vector<std::string> filled(const std::vector<std::string>& texts, const bindings& names, fault_list& faults) {
  auto result = substituted(texts, names);
  if (result) return std::move(*result);
  faults.add(0, result.error());
  return {};
}

void refuse_bad_names(const scenario& from, const std::vector<plan::client>& clients, fault_list& faults) {
  std::set<std::string> names;
  for (const plan::client& who : clients) {
    if (!names.insert(who.name).second) faults.add(0, "two clients of " + from.id + " are named '" + who.name + "'");
  }
  const auto must_exist = [&](const std::string& who, const std::string& needed) {
    if (!names.contains(needed)) faults.add(0, "client '" + who + "' waits for '" + needed + "', which is no client");
  };
  for (const plan::client& who : clients) {
    if (!who.starts_after.empty()) must_exist(who.name, who.starts_after);
    for (const plan::op& step : who.ops) {
      if (step.kind == plan::op_kind::until_client) must_exist(who.name, step.text);
    }
  }
}

std::vector<std::string> capabilities_of(const scenario& from, const std::vector<plan::client>& clients,
                                         const bindings& names, fault_list& faults) {
  const auto declared = filled(from.capabilities, names, faults);
  std::set<std::string> all(declared.begin(), declared.end());
  for (const plan::client& who : clients) {
    if (who.as_program || (!who.command.empty() && who.command.front() == "{program}")) all.insert("program");
    if (who.as_program) continue;  // our own executable knows every op
    if (who.blocking) all.insert("puppet.blocking");
    for (const std::string& step : who.script) all.insert("puppet." + step.substr(0, step.find(' ')));
  }
  if (!from.daemon.empty()) all.insert("options");
  return {all.begin(), all.end()};
}

scenario_case fixed(const scenario& from, const chosen_values& chosen, fault_list& faults) {
  scenario_case result{.what = {.case_id = id_of(from, chosen)}, .source = &from};
  bindings names;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    names[from.axes[i].name] = chosen[i]->texts;
    result.axes.emplace_back(from.axes[i].name, chosen[i]->name);
    if (from.axes[i].name == "transport") result.what.transport = chosen[i]->name;
  }
  plan::plan& what = result.what;
  what.mode = from.mode == "settle" ? plan::delivery::settle : plan::delivery::race;
  what.requires_ids = from.requires_ids;
  what.checks = from.also;
  what.memory_growth_kib_max = from.memory_growth_kib_max;
  what.deadline_ms = from.deadline_ms;
  what.daemon_args = filled(from.daemon, names, faults);
  for (const client_template& who : from.clients) {
    std::ranges::move(build_clients(who, names, faults), std::back_inserter(what.clients));
  }
  refuse_bad_names(from, what.clients, faults);
  result.capabilities = capabilities_of(from, what.clients, names, faults);
  return result;
}

// Counts `at` up as the odometer of the axes; false when it is back at the start.
bool step(const scenario& from, std::vector<std::size_t>& at) {
  for (std::size_t i = at.size(); i-- > 0;) {
    if (++at[i] < from.axes[i].values.size()) return true;
    at[i] = 0;
  }
  return false;
}

}  // namespace

tl::expected<std::vector<scenario_case>, std::vector<load_error>> expand(const scenario& from) {
  fault_list faults(from.file);
  std::vector<scenario_case> cases;
  std::vector<std::size_t> at(from.axes.size(), 0);
  do {
    chosen_values chosen;
    for (std::size_t i = 0; i < at.size(); ++i) chosen.push_back(&from.axes[i].values[at[i]]);
    cases.push_back(fixed(from, chosen, faults));
  } while (faults.empty() && step(from, at));
  if (!faults.empty()) return tl::unexpected(faults.take());
  return cases;
}

}  // namespace nailbiter::scenario
