#include <algorithm>
#include <chrono>

#include <fmt/core.h>

#include "harness/command/build_identity.hpp"
#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/failure.hpp"
#include "harness/command/fix_verdict.hpp"
#include "harness/command/live_place.hpp"
#include "harness/command/live_setup.hpp"
#include "harness/command/puppet_build.hpp"
#include "harness/command/schedule_trial.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/target/live_target.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

// Runs where nobody says how many: enough for the rate before, within these bounds.
struct bounds {
  std::uint64_t least;
  std::uint64_t most;
};
constexpr bounds live_runs{20, 1'000};
constexpr bounds sim_runs{1'000, 100'000};

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter verify-fix: " << text << '\n';
  return code;
}

/// Unset: none was recorded. The error is a text.
tl::expected<std::optional<report::seen_rate>, std::string> recorded(const std::filesystem::path& folder) {
  const auto file = folder / "rate.json";
  std::error_code ec;
  if (!std::filesystem::exists(file, ec)) return std::nullopt;
  const auto text = report::content_of(file);
  if (!text) return tl::unexpected(text.error());
  const auto rate = report::parse_rate(*text);
  if (!rate) return tl::unexpected(file.string() + " holds no rate");
  return rate;
}

std::uint64_t runs_of(const verify_fix_options& how, const std::optional<report::seen_rate>& before, const bounds& within) {
  if (how.runs > 0) return how.runs;
  return std::clamp(runs_needed(before).value_or(within.least), within.least, within.most);
}

struct measured {
  measurement seen;
  std::string where;
};

tl::expected<measured, refusal> measure_live(const failure& kept, const catalogue& all, const verify_fix_options& how, std::uint64_t runs,
                                             target::interruption& stop) {
  auto setup = set_up(how.against, all.folder());
  if (!setup) return tl::unexpected(setup.error());
  const auto fault = [](const std::string& text) { return tl::unexpected(refusal{exit_code::harness_fault, text}); };
  const auto directory = target::temporary_directory::make();
  if (!directory) return fault(directory.error());
  if (const auto built = build_puppet(*setup, directory->path() / "puppet"); !built) return fault(built.error());
  target::live_target target(setup->description, directory->path(), &stop);
  measured done{.seen = measurement(kept.verdict), .where = {}};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(how.seconds);
  for (std::uint64_t i = 0; i < runs && std::chrono::steady_clock::now() < deadline; ++i) {
    auto ran = target.run(kept.what);
    if (stop.taken()) break;
    done.seen.add(std::move(ran));
    if (done.where.empty()) done.where = live_place(setup->description.name, target, kept.what);
  }
  return done;
}

measured measure_simulated(const failure& kept, const verify_fix_options& how, std::uint64_t runs, target::interruption& stop) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(how.seconds);
  const auto interrupted = [&] { return stop.taken() || std::chrono::steady_clock::now() > deadline; };
  return {.seen = measure_in_simulator(kept.what, kept.verdict, runs, interrupted), .where = simulated_by_portfolio()};
}

exit_code code_of(const fix_verdict& said, const measurement& seen) {
  if (said.state == fix_state::gone) return exit_code::holds;
  if (said.state == fix_state::not_enough) return exit_code::unknown;
  return report::record_of(*seen.first_failure()).leak ? exit_code::leak : exit_code::nonconformant;
}

bool chooses(const target_choice& against) { return !target_words(against).empty(); }

}  // namespace

exit_code execute(const verify_fix_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {}, .scenarios = how.scenarios});
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto kept = open_failure(how.folder, *all);
  if (!kept) return complain(to, kept.error(), exit_code::usage);
  auto before = recorded(how.folder);
  if (!before) return complain(to, before.error(), exit_code::usage);
  if (how.record) before->reset();

  target::interruption stop;
  const bool live = kept->schedule.empty() || chooses(how.against);
  const auto runs = runs_of(how, *before, live ? live_runs : sim_runs);
  const auto done = live ? measure_live(*kept, *all, how, runs, stop) : measure_simulated(*kept, how, runs, stop);
  if (!done) return complain(to, done.error().text, done.error().code);
  if (how.record) {
    to.out << fmt::format("{}: {}: {}\nbefore: {}        on {}\n", kept->verdict.id, kept->verdict.checker, kept->verdict.reason, done->seen.text(8), done->where);
    if (stop.taken()) return exit_code::interrupted;
    const auto written = report::write_atomically(std::filesystem::path(how.folder) / "rate.json", report::rate_json({done->seen.same(), done->where}));
    return written ? exit_code::holds : complain(to, written.error());
  }
  const auto said = judge_fix(*before, done->seen, done->where);
  to.out << fmt::format("{}: {}: {}\n{}", kept->verdict.id, kept->verdict.checker, kept->verdict.reason, said.text);
  const auto record = explore::parse_schedule(kept->schedule);
  if (!live && record) to.out << "its schedule, by anchors: " << to_string(try_schedule(kept->what, *record)) << '\n';
  return stop.taken() ? exit_code::interrupted : code_of(said, done->seen);
}

}  // namespace nailbiter::command
