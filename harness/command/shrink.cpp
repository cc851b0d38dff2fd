#include <chrono>

#include <fmt/core.h>

#include "harness/command/build_identity.hpp"
#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/evidence.hpp"
#include "harness/command/failure.hpp"
#include "harness/command/kept_decisions.hpp"
#include "harness/command/measurement.hpp"
#include "harness/command/reproduction.hpp"
#include "harness/command/shrinking.hpp"
#include "harness/command/step_words.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/report/rate_json.hpp"
#include "harness/target/interruption.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t rate_schedules = 1000;

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter shrink: " << text << '\n';
  return code;
}

}  // namespace

exit_code execute(const shrink_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {}, .scenarios = how.scenarios});
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto opened = open_failure(how.folder, *all);
  if (!opened) return complain(to, opened.error(), exit_code::usage);

  target::interruption stop;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(how.seconds);
  reproduction again(opened->verdict, [&] { return stop.taken() || std::chrono::steady_clock::now() > deadline; });
  const auto first = kept_decisions(*opened, again);
  if (!first) return complain(to, first.error() + ": nothing to shrink", exit_code::unknown);
  const auto small = shrink(opened->what, *first, again, how.effort);

  again.allow(how.effort.steps / 8);
  const auto failing = again.play(small.what, small.decisions);
  if (!again.is_the_same(failing.result) || !replays(small.what, failing, again)) return complain(to, "the shrunk failure does not replay");
  evidence kept(how.out, run_name(), process_environment());
  const auto folder = kept.folder_of(small.what.case_id);
  if (!folder) return complain(to, folder.error());
  auto record = report::record_of(failing.result);
  record.id = small.what.case_id;
  record.replay = "nailbiter replay " + shell_word(folder->string());
  const auto before = explore::size_of(opened->what, *first);
  const auto rate = measure_in_simulator(small.what, opened->verdict, rate_schedules, [&stop] { return stop.taken(); });
  const auto text = story_of(small, failing, before, again) +
                    fmt::format("of the portfolio's schedules this fails in {}replay: {}\n", rate.text(2), record.replay);
  const auto written = kept.keep(failing.result, record, explore::to_binary(failing.record));
  if (!written) return complain(to, written.error());
  const auto counted = report::rate_json({rate.same(), simulated_by_portfolio()});
  for (const auto& [name, content] : {std::pair{"shrunk.txt", text}, std::pair{"steps.txt", step_words(small.what, failing).all_steps()},
                                      std::pair{"rate.json", counted}}) {
    if (const auto said = report::write_atomically(*folder / name, content); !said) return complain(to, said.error());
  }
  to.out << text;
  return stop.taken() ? exit_code::interrupted : exit_code::holds;
}

}  // namespace nailbiter::command
