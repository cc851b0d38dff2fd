#pragma once

// A planted race for what is done with failures of the simulator: the puppet, but its runs share one place for the name
// of the run that is under way, and a run that finds another's name there at its end writes it to its stdout.

#include <memory>
#include <string>

#include "harness/command/reproduction.hpp"
#include "reference/nail/puppet_nail.hpp"
#include "reference/nail/registry.hpp"
#include "reference/task/event.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::command::support {

/// Lets others go first.
inline naild::task::task<> take_turn(naild::nail::nail_context& run) {
  const auto label = naild::task::label_of(run.session(), naild::task::step_kind::post, naild::task::session_part::output_queue);
  naild::task::event turn(run.strand(), label);
  naild::task::post(run.strand(), label, [&turn] { turn.set(); });
  co_await turn;
}

/// The puppet, by a few steps slower: another program.
class slower_puppet final : public naild::nail::nail {
 public:
  explicit slower_puppet(int turns) : turns_(turns) {}

  naild::task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    for (int i = 0; i < turns_; ++i) co_await take_turn(run);
    naild::nail::puppet_nail inner(0);
    const std::int32_t code = co_await inner.run(run);
    co_return code;
  }

 private:
  int turns_;
};

class racing_puppet final : public naild::nail::nail {
 public:
  /// The place is also every other run's.
  explicit racing_puppet(std::shared_ptr<std::string> current) : current_(std::move(current)) {}

  naild::task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    const std::string own(run.environment("NAILBITER_RUN").value_or("nobody"));
    *current_ = own;
    naild::nail::puppet_nail inner(0);
    const std::int32_t code = co_await inner.run(run);
    co_await take_turn(run);
    if (*current_ != own) (void)co_await run.write_stdout(*current_);
    co_return code;
  }

 private:
  std::shared_ptr<std::string> current_;
};

/// A simulated daemon whose `puppet` is that one.
inline target::sim_options racing_daemon() {
  const auto current = std::make_shared<std::string>();
  target::sim_options how;
  how.adds = [current](naild::nail::registry& nails) { nails.add("puppet", [current] { return std::make_unique<racing_puppet>(current); }); };
  return how;
}

/// Three clients, more than it takes: each says something and ends.
inline plan::plan racing_plan() {
  plan::plan what{.case_id = "planted/race"};
  for (const char* name : {"a", "b", "c"}) what.clients.push_back({.name = name, .script = {"out hello\\n", "stream 1 640", "exit 3"}});
  return what;
}

/// How it fails under the first schedule of the portfolio that fails; empty if none of `schedules` does.
struct planted_failure {
  report::stored_verdict verdict;
  std::string schedule;  // binary
};

inline planted_failure first_failure(const plan::plan& what, std::uint64_t schedules = 10'000) {
  target::simulated_target target(racing_daemon());
  const auto decides = explore::make_strategy("portfolio");
  for (std::uint64_t seed = 1; seed <= schedules; ++seed) {
    const auto ran = target.run(what, *decides, seed);
    if (ran.summary.result != check::outcome::fail) continue;
    return {report::stored(report::record_of(ran)), to_binary(explore::make_schedule(target.world().trace(), seed, "portfolio", ""))};
  }
  return {};
}

}  // namespace nailbiter::command::support
