#include "harness/probe/survey_text.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace nailbiter::probe {
namespace {

const char* word_of(standing how) noexcept {
  switch (how) {
    case standing::agrees: return "agrees";
    case standing::differs: return "differs";
    case standing::unclaimed: return "unclaimed";
    case standing::untold: return "untold";
  }
  return "";
}

/// A TOML string. JSON's escapes are a subset of TOML's.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace); }

std::string list_of(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + quoted(word);
  return "[" + all + "]";
}

bool is_counted_only(const finding& one) { return one.what.starts_with("puppet op ") && one.observed == "yes"; }

std::string dialect_text(const scenario::dialect& speaks) {
  std::string text;
  for (const auto& [axis, value] : scenario::naild_dialect()) {
    const auto& observed = speaks.find(axis)->second;
    if (observed != value) text += fmt::format("{} = {}\n", axis, quoted(observed));
  }
  return text.empty() ? text : "\n[dialect]\n" + text;
}

std::string address_of(const scenario::profile& said, const std::vector<std::string>& transports) {
  std::string address;
  const auto add = [&](const char* transport, const std::optional<std::string>& form) {
    if (std::ranges::find(transports, transport) == transports.end()) return;
    address += fmt::format("{}{} = {}", address.empty() ? "" : ", ", transport, quoted(form.value_or("")));
  };
  add("unix", said.unix_address);
  add("tcp", said.tcp_address);
  return address;
}

}  // namespace

std::string table_of(const survey& found) {
  std::size_t wide = 0;
  for (const auto& one : found.findings) wide = std::max(wide, one.what.size());
  std::string text = fmt::format("{:<{}}  {:<12}{}\n", "", wide, "claimed", "observed");
  for (const auto& one : found.findings) {
    if (is_counted_only(one)) continue;
    text += fmt::format("{:<{}}  {:<11} {}{}\n", one.what, wide, one.claimed.empty() ? "-" : one.claimed, one.observed,
                        one.how == standing::differs ? " (differs)" : "");
  }
  const auto asked = std::ranges::count_if(found.findings, [](const finding& one) { return one.what.starts_with("puppet op "); });
  if (found.has_puppet) text += fmt::format("{:<{}}  {:<12}{} of {} work\n", "puppet ops", wide, "", found.puppet_ops.size(), asked);
  for (const lie& one : found.honesty.questions) {
    if (one.is_told) text += "LIE  " + to_string(one) + '\n';
  }
  return text;
}

std::string profile_text(const scenario::profile& said, const survey& found) {
  std::string text = fmt::format("name = {}\n", quoted(said.name));
  text += said.command.empty() ? "# command = [...]: how it is started, with {address} in one of the words\n" : fmt::format("command = {}\n", list_of(said.command));
  text += fmt::format("address = {{ {} }}\n", address_of(said, found.transports));
  text += fmt::format("ready = {}\n", quoted(said.ready));
  if (!said.needs.empty()) text += fmt::format("needs = {}\n", list_of(said.needs));
  if (!said.install.empty()) text += fmt::format("install = {}\n", quoted(said.install));
  if (said.takes_options) text += "takes_options = true\n";
  if (said.drains) text += "drains = true\n";
  text += dialect_text(found.speaks);
  if (!found.observed.empty()) text += "\n[observed]   # not what any dialect promises: cases are as if it were not said\n";
  for (const auto& [what, seen] : found.observed) text += fmt::format("{} = {}\n", what, quoted(seen));
  if (found.has_puppet && said.puppet) {
    text += fmt::format("\n[puppet]\nargv = {}\n", list_of(said.puppet->argv));
    if (!said.puppet->blocking_argv.empty()) text += fmt::format("blocking_argv = {}\n", list_of(said.puppet->blocking_argv));
    if (!said.puppet->build.empty()) text += fmt::format("build = {}\n", list_of(said.puppet->build));
    text += fmt::format("ops = {}\n", list_of(found.puppet_ops));
  }
  if (found.runs_programs) text += fmt::format("\n[program]\nargv = {}\n", list_of(said.program_argv));
  if (said.time_scale != 1.0) text += fmt::format("\n[scale]\ntime = {:.2f}\n", said.time_scale);
  return text;
}

std::string survey_json(const std::string& target, const survey& found) {
  using json = nlohmann::ordered_json;
  json findings = json::array();
  for (const auto& one : found.findings) {
    findings.push_back({{"what", one.what}, {"claimed", one.claimed}, {"observed", one.observed}, {"standing", word_of(one.how)}});
  }
  json honesty = json::array();
  for (const auto& one : found.honesty.questions) {
    honesty.push_back({{"asked", one.asked}, {"owed", one.owed}, {"answered", one.answered}, {"lie", one.is_told}});
  }
  json all{{"target", target},     {"unreachable", found.unreachable}, {"transports", found.transports},    {"liar", found.honesty.is_liar()},
           {"findings", findings}, {"honesty", honesty},               {"puppet_ops", found.puppet_ops}, {"dialect", found.speaks}};
  return all.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace nailbiter::probe
