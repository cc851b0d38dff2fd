#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>

#include <fmt/core.h>
#include <sys/wait.h>

#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/data_folder.hpp"
#include "harness/command/power_plan.hpp"
#include "harness/command/power_search.hpp"
#include "harness/power/bug_set.hpp"
#include "harness/power/kills.hpp"
#include "harness/power/power_table.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/report/progress.hpp"
#include "harness/target/interruption.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;

constexpr target::milliseconds build_ms_max{1'800'000};
constexpr std::size_t told_bytes_max = 4'000;

tl::unexpected<refusal> refuse(exit_code code, std::string text) { return tl::unexpected(refusal{code, std::move(text)}); }

struct setting {
  fs::path root;                        // of the source tree
  std::vector<power::mutant> entries;
  power_places where;
  power::kills expected;
};

fs::path kills_file(const fs::path& root) { return root / "tests/mutants/kills.txt"; }

/// Only those that were asked for. `sets`: the folder of named choices.
tl::expected<std::vector<power::mutant>, refusal> chosen(std::vector<power::mutant> all, const power_options& how, const fs::path& sets) {
  if (!how.set.empty()) {
    auto bugs = power::load_set(sets / (how.set + ".toml"), all);
    if (!bugs) return refuse(exit_code::usage, bugs.error());
    return std::move(*bugs);
  }
  const auto& ids = how.mutants;
  for (const auto& id : ids) {
    if (std::ranges::find(all, id, &power::mutant::id) == all.end()) return refuse(exit_code::usage, fmt::format("no mutant '{}' in the catalogue", id));
  }
  if (!ids.empty()) std::erase_if(all, [&ids](const auto& one) { return std::ranges::find(ids, one.id) == ids.end(); });
  return all;
}

/// The folder of the programs with the planted bugs, which it builds if none was named.
tl::expected<fs::path, refusal> programs(const power_options& how, const fs::path& root, const fs::path& work, terminal to) {
  auto folder = how.bin.empty() ? root / "build/mutants/build/release/bin" : fs::absolute(how.bin);
  if (how.bin.empty()) {
    to.err << "building naild and nailbiter with the planted bugs (some minutes the first time)\n";
    auto builder = target::process::start({(root / "tests/mutants/build").string()}, work / "build.log");
    if (!builder) return refuse(exit_code::harness_fault, builder.error());
    if (builder->wait(build_ms_max) != 0) return refuse(exit_code::harness_fault, "tests/mutants/build failed: " + builder->output(0, told_bytes_max));
  }
  std::error_code ec;
  if (!fs::exists(folder / "nailbiter", ec)) return refuse(exit_code::usage, fmt::format("no nailbiter in {}; tests/mutants/build makes one", folder.string()));
  return folder;
}

tl::expected<setting, refusal> set_up(const power_options& how, const fs::path& work, terminal to) {
  const auto scenarios = scenarios_folder(how.scenarios);
  if (!scenarios) return refuse(exit_code::usage, scenarios.error());
  setting made{.root = fs::absolute(*scenarios).lexically_normal().parent_path(), .entries = {}, .where = {}, .expected = {}};
  std::error_code ec;
  if (!fs::exists(made.root / "tests/mutants/build", ec)) {
    return refuse(exit_code::usage, fmt::format("no tests/mutants/build in {}: the planted bugs are in the source tree only; name its scenarios with --scenarios", made.root.string()));
  }
  auto all = power::load_mutants(made.root / "tests/mutants/catalogue");
  if (!all) return refuse(exit_code::usage, all.error());
  auto entries = chosen(std::move(*all), how, made.root / "tests/mutants/sets");
  if (!entries) return tl::unexpected(entries.error());
  made.entries = std::move(*entries);
  if (fs::exists(kills_file(made.root), ec)) {
    auto kills = power::parse_kills(report::content_of(kills_file(made.root)).value_or(""));
    if (!kills) return refuse(exit_code::usage, kills_file(made.root).string() + ": " + kills.error());
    made.expected = std::move(*kills);
  }
  const auto bin = programs(how, made.root, work, to);
  if (!bin) return tl::unexpected(bin.error());
  made.where = {.nailbiter = *bin / "nailbiter", .scenarios = *scenarios, .work = work};
  return made;
}

/// What has been seen so far, by entry of the catalogue.
class collection {
 public:
  explicit collection(const std::vector<power::mutant>& entries) : entries_(entries), seen_(entries.size()), rows_(entries.size()), controls_(entries.size()) {}

  /// `number` is the step's place among the steps: figures come in that order, whoever ends first.
  void add(std::size_t number, const power_step& step, const ended_job& ended) {
    const auto& what = entries_[step.entry];
    if (what.is_control) {
      controls_[step.entry] = {.id = what.id, .flagged = ended.exit_code != 0, .said = ended.exit_code != 0 ? ended.output : std::string()};
      return;
    }
    auto row = figures_of_step(step, ended);
    if (!row) {
      fault_ = what.id + ": " + row.error();
      return;
    }
    auto& one = seen_[step.entry];
    if (row->where == what.home) note_marks(one, what, marks_of(step), row->detected > 0);
    if (row->searches > 0) rows_[step.entry].emplace(number, std::move(*row));
  }

  power::results take() {
    power::results all;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].is_control) {
        all.controls.push_back(std::move(controls_[i]));
      } else {
        seen_[i].what = entries_[i];
        for (auto& [number, row] : rows_[i]) seen_[i].rows.push_back(std::move(row));
        all.mutants.push_back(std::move(seen_[i]));
      }
    }
    return all;
  }

  const std::string& fault() const noexcept { return fault_; }

 private:
  static void note_marks(power::mutant_result& one, const power::mutant& what, marks seen, bool detected) {
    one.reached = one.reached || seen.reached;
    one.triggered = one.triggered || seen.triggered || detected || (seen.reached && !what.says_when_wrong);
  }

  const std::vector<power::mutant>& entries_;
  std::vector<power::mutant_result> seen_;
  std::vector<std::map<std::size_t, power::figures>> rows_;  // by step
  std::vector<power::control_result> controls_;
  std::string fault_;
};

tl::expected<power::results, refusal> measure(const setting& with, const power_options& how) {
  target::interruption stop;
  const auto steps = power_steps(with.entries, how, with.where);
  std::vector<power_job> jobs;
  for (const auto& step : steps) jobs.push_back(step.job);
  report::progress shown(stderr, report::is_terminal(stderr), steps.size());
  collection seen(with.entries);
  const auto done = [&](std::size_t number, const ended_job& ended) {
    seen.add(number, steps[number], ended);
    shown.advance(with.entries[steps[number].entry].id + ' ' + steps[number].strategy, false);
  };
  const auto ran = run_jobs(jobs, how.jobs, [&] { return stop.taken() || !seen.fault().empty(); }, done);
  if (!ran) return refuse(exit_code::harness_fault, ran.error());
  if (!seen.fault().empty()) return refuse(exit_code::harness_fault, seen.fault());
  if (!*ran) return refuse(exit_code::interrupted, "interrupted");
  return seen.take();
}

/// Is there anything that a reader has to act on?
bool is_worse(const power::results& seen, const power::kill_changes& changes) {
  const auto unexplained = [](const auto& one) { return !one.detected() && one.what.missing.empty(); };
  return !changes.lost.empty() || std::ranges::any_of(seen.mutants, unexplained) || std::ranges::any_of(seen.controls, &power::control_result::flagged);
}

void print(const power::results& seen, const power::kill_changes& changes, const power_options& how, terminal to) {
  if (!how.set.empty()) to.out << power::strategy_table(seen) << '\n';
  if (how.set.empty() && !seen.mutants.empty()) to.out << power::mutant_table(seen) << '\n' << power::checker_table(seen) << '\n';
  for (const auto& one : seen.controls) to.out << fmt::format("{:<5} control {}\n", one.id, one.flagged ? "FLAGGED\n" + one.said : "passes");
  to.out << power::gaps_text(seen);
  for (const auto& line : changes.lost) to.out << "KILL LOST: " << line << '\n';
  for (const auto& line : changes.gained) to.out << "new kill: " << line << " (--accept)\n";
  to.out << power::summary_line(seen) << '\n';
}

}  // namespace

exit_code execute(const power_options& how, terminal to) {
  if (!how.search_case.empty()) return search_case(how, to);
  const auto complain = [&to](const refusal& why) {
    to.err << "nailbiter power: " << why.text << '\n';
    return why.code;
  };
  const auto work = target::temporary_directory::make();
  if (!work) return complain({exit_code::harness_fault, work.error()});
  const auto with = set_up(how, work->path(), to);
  if (!with) return complain(with.error());
  const auto seen = measure(*with, how);
  if (!seen) return complain(seen.error());
  const auto changes = power::compare(with->expected, *seen);
  print(*seen, changes, how, to);
  if (!how.json.empty()) {
    const auto written = report::write_atomically(how.json, power::power_json(*seen));
    if (!written) return complain({exit_code::harness_fault, written.error()});
  }
  if (how.accept) {
    const auto written = report::write_atomically(kills_file(with->root), power::kills_text(with->expected, *seen));
    if (!written) return complain({exit_code::harness_fault, written.error()});
  }
  return is_worse(*seen, changes) ? exit_code::nonconformant : exit_code::holds;
}

}  // namespace nailbiter::command
