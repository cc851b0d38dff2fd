#include "harness/probe/survey.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "harness/probe/op_questions.hpp"

namespace nailbiter::probe {
namespace {

constexpr const char* yes = "yes";
constexpr const char* no = "no";
constexpr const char* refusal_owed = "X 64";  // of an op that does not exist (reference/puppet/puppet.md)

/// "each|on-empty" holds "each".
bool is_among(std::string_view alternatives, std::string_view value) {
  while (!alternatives.empty()) {
    const auto end = std::min(alternatives.find('|'), alternatives.size());
    if (alternatives.substr(0, end) == value) return true;
    alternatives.remove_prefix(std::min(end + 1, alternatives.size()));
  }
  return false;
}

bool has(const std::vector<std::string>& all, std::string_view one) { return std::ranges::find(all, one) != all.end(); }

class surveyor {
 public:
  surveyor(const claims& said, price up_to, const play& session) : said_(said), up_to_(up_to), session_(session) {
    found_.speaks = said.speaks.value_or(scenario::naild_dialect());
  }

  survey take() {
    ask_transports();
    if (found_.transports.empty()) return std::move(found_);
    ask_means();
    found_.honesty = check_for_lies(with_, found_.transports.front(), session_);
    ask_impossible_op();
    for (const auto& questions : {header_questions(), stdin_questions(), ending_questions()}) {
      for (const question& one : questions) ask_axis(one);
    }
    ask_ops();
    return std::move(found_);
  }

 private:
  /// The answer, or why there is none.
  tl::expected<history::history, std::string> over_first(plan::plan what) {
    what.transport = found_.transports.front();
    return session_(what);
  }

  void note(std::string what, std::string claimed, std::string observed) {
    const auto how = observed.empty()                ? standing::untold
                     : claimed.empty()               ? standing::unclaimed
                     : observed == claimed || is_among(observed, claimed) ? standing::agrees
                                                     : standing::differs;
    if (observed.empty()) observed = "cannot be told";
    found_.findings.push_back({std::move(what), std::move(claimed), std::move(observed), how});
  }

  void note_untold(std::string what, std::string claimed, std::string why) {
    found_.findings.push_back({std::move(what), std::move(claimed), std::move(why), standing::untold});
  }

  void ask_transports() {
    for (const auto& transport : said_.reached_by) {
      plan::plan what = header_questions().front().ask({});
      what.transport = transport;
      const auto seen = session_(what);
      const bool answers = seen && answer_of(*seen).exit_payload.has_value();
      const bool claimed = has(said_.transports, transport);
      if (answers) found_.transports.emplace_back(transport);
      if (seen || claimed) note(fmt::format("answers X over {}", transport), claimed ? yes : "", answers ? yes : no);
      if (!answers) add_reason(transport, seen ? "it answers no command with X" : seen.error());
    }
    if (!found_.transports.empty()) found_.unreachable.clear();
  }

  /// Why it cannot be reached; what is the same over both transports is told once.
  void add_reason(const std::string& transport, const std::string& why) {
    auto& all = found_.unreachable;
    if (all.ends_with(": " + why)) return;
    all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", transport, why);
  }

  void ask_impossible_op() {
    const auto& seen = found_.honesty.refused_op;
    if (seen.empty()) return;
    const auto said = said_.observed.find("impossible_op");
    note("refuses an impossible op", said == said_.observed.end() ? refusal_owed : said->second, seen);
    if (seen != refusal_owed) found_.observed["impossible_op"] = seen;
  }

  bool prints_by(const means& with) {
    const auto seen = over_first(plan_of("runs", {scripted(with, {"out x", "exit 3"})}));
    return seen && does_as_told(*seen);
  }

  void ask_means() {
    const means puppet = means_of(said_, vehicle::puppet);
    const means program = means_of(said_, vehicle::program);
    if (!said_.puppet_argv.empty()) {
      found_.has_puppet = prints_by(puppet);
      note("has a puppet", yes, found_.has_puppet ? yes : no);
    }
    if (!said_.program_argv.empty()) {
      found_.runs_programs = prints_by(program);
      note("runs programs", yes, found_.runs_programs ? yes : no);
    }
    // One that does not work is still what the liar probe asks.
    if (found_.has_puppet || (!said_.puppet_argv.empty() && !found_.runs_programs)) with_ = puppet;
    else if (!said_.program_argv.empty()) with_ = program;
  }

  void ask_axis(const question& one) {
    const std::string axis(one.axis);
    const auto said = said_.observed.find(axis);
    const std::string claimed = said != said_.observed.end() ? said->second : said_.speaks ? said_.speaks->find(axis)->second : std::string();
    const bool can_run = found_.has_puppet || found_.runs_programs;
    if (one.needs_run && !can_run) return note_untold(axis, claimed, "needs a puppet or a way to run programs");
    if (one.costs > up_to_) return note_untold(axis, claimed, "takes 13 s: --patient");
    const auto seen = over_first(one.ask(with_));
    if (!seen) return note_untold(axis, claimed, seen.error());
    const std::string observed = one.read(answer_of(*seen));
    note(axis, claimed, observed);
    const auto& values = scenario::find_dialect_axis(axis)->values;
    const auto value = std::ranges::find_if(values, [&](std::string_view each) { return is_among(observed, each); });
    if (value == values.end() && !observed.empty()) found_.observed[axis] = observed;
    if (value != values.end() && !is_among(observed, found_.speaks[axis])) found_.speaks[axis] = *value;
  }

  void ask_ops() {
    if (!found_.has_puppet) return;
    const means puppet = means_of(said_, vehicle::puppet);
    for (const std::string_view name : askable_ops()) {
      const auto seen = over_first(ask_op(name, puppet));
      const std::string wrong = seen ? what_is_wrong_with(name, *seen) : seen.error();
      if (wrong.empty()) found_.puppet_ops.emplace_back(name);
      const bool claimed = has(said_.puppet_ops, name);
      note(fmt::format("puppet op {}", name), claimed ? yes : "", wrong.empty() ? yes : fmt::format("{}: {}", no, wrong));
    }
  }

  const claims& said_;
  price up_to_;
  const play& session_;
  survey found_;
  means with_;
};

}  // namespace

means means_of(const claims& said, vehicle by) {
  means with{.by = by, .argv = by == vehicle::puppet ? said.puppet_argv : said.program_argv};
  if (with.argv.empty()) return {};
  if (by == vehicle::program) with.argv.push_back(said.puppet_program);
  return with;
}

bool survey::differs() const noexcept {
  return std::ranges::any_of(findings, [](const finding& one) { return one.how == standing::differs; });
}

survey take_survey(const claims& said, price up_to, const play& session) { return surveyor(said, up_to, session).take(); }

}  // namespace nailbiter::probe
