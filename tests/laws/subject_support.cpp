#include "tests/laws/subject_support.hpp"

#include <stdexcept>
#include <utility>

#include <rapidcheck.h>

#include "harness/plan/plan_json.hpp"
#include "tests/laws/thread_scripts_support.hpp"

namespace nailbiter::laws {
namespace {

target::temporary_directory new_directory() {
  auto made = target::temporary_directory::make();
  if (!made) throw std::runtime_error(made.error());
  return std::move(*made);
}

played seen(target::case_result&& result, std::uint64_t seed) {
  const bool was_played = !result.observed.events.empty() && result.summary.checker != "target";
  if (!was_played) RC_FAIL("the plan was not played: " + result.summary.detail + "\n" + plan::to_json(result.observed.what));
  played made{.seed = seed, .observed = std::move(result.observed)};
  made.clients = observe(made.observed);
  for (std::size_t i = 0; i < made.clients.size(); ++i) {
    if (!made.observed.what.clients[i].blocking) continue;
    for (std::string* text : {&made.clients[i].standard_output, &made.clients[i].standard_error}) *text = in_order_of_writers(*text);
  }
  return made;
}

}  // namespace

simulated_subject::simulated_subject(more_nails adds, std::function<void()> before_each, blocking_puppet blocking)
    : target_({.judges = false, .adds = std::move(adds), .makes_blocking = std::move(blocking)}),
      decides_(explore::make_strategy("portfolio")),
      before_each_(std::move(before_each)) {}

played simulated_subject::play(const plan::plan& what, std::uint64_t seed) {
  if (before_each_) before_each_();
  played made = seen(target_.run(what, *decides_, seed), seed);
  made.schedule_hash = target_.world().hash();
  return made;
}

live_subject::live_subject(target::target_description what)
    : what_(std::move(what)), directory_(new_directory()) {
  restart();
}

played live_subject::play(const plan::plan& what, std::uint64_t seed) {
  plan::plan live = what;
  live.transport = "unix";
  return seen(target_->run(live), seed);
}

std::filesystem::path naild_program() {
  std::filesystem::path program = std::filesystem::path(NAILBITER_BINARY_DIR) / "bin" / "naild";
  return std::filesystem::exists(program) ? program : std::filesystem::path();
}

}  // namespace nailbiter::laws
