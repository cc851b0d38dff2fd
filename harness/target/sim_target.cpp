#include "harness/target/sim_target.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "harness/actor/case_driver.hpp"
#include "harness/actor/command_line.hpp"
#include "harness/check/judge.hpp"
#include "harness/plan/waits_for_time.hpp"
#include "harness/sim/run_log_files.hpp"
#include "harness/sim/spill_files.hpp"
#include "harness/sim/thread_pool.hpp"
#include "harness/target/daemon_limits.hpp"
#include "harness/target/sim_census.hpp"
#include "harness/target/sim_programs.hpp"
#include "harness/target/wire_log.hpp"
#include "reference/daemon/server.hpp"
#include "reference/nail/administration.hpp"
#include "reference/nail/exec.hpp"
#include "reference/nail/puppet_blocking.hpp"
#include "reference/nail/puppet_nail.hpp"
#include "reference/nail/registry.hpp"
#include "reference/stdio/binding.hpp"
#include "reference/stdio/routed_streams.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::target {

namespace {

constexpr std::size_t daemon_log_bytes_max = 64 * 1024;
constexpr naild::task::step_label daemon_label{.session = 0, .kind = naild::task::step_kind::spawn, .resource = 0};

class bounded_log final : public naild::port::log_sink {
 public:
  void write(naild::port::severity level, std::uint32_t session, std::string_view text) noexcept override {
    if (text_.size() + text.size() > daemon_log_bytes_max) return;
    if (level >= naild::port::severity::warning) complaints_.emplace_back(text);
    fmt::format_to(std::back_inserter(text_), "session {}: {}\n", session, text);
  }
  std::string take() { return std::exchange(text_, {}); }
  std::vector<std::string> take_complaints() { return std::exchange(complaints_, {}); }

 private:
  std::vector<std::string> complaints_;
  std::string text_;
};

/// naild.
class reference_core final : public simulated_core {
 public:
  /// `drain` becomes a way to call its drain().
  reference_core(const core_parts& parts, naild::nail::registry& nails, std::function<void()>& drain)
      : server_({.world = parts.world, .nails = nails, .log = parts.log, .bounds = parts.bounds, .spill = &parts.spill, .run_logs = &run_logs_}, parts.own) {
    server_.serve_on(parts.door);
    naild::nail::add_administration(nails, server_);
    drain = [this] { server_.drain(); };
  }
  naild::task::task<> run() override { return server_.run(); }
  bool stop() override {
    std::exchange(stopping_, true) ? server_.cancel_all() : server_.drain();
    return true;
  }
  std::size_t sessions() const override { return server_.sessions(); }

 private:
  sim::run_log_files run_logs_;
  naild::daemon::server server_;
  bool stopping_ = false;
};

/// What a thread is bound to, for the turns of a simulated one.
void swap_binding(std::shared_ptr<void>& own) {
  own = std::exchange(naild::stdio::thread_slot::here(), std::static_pointer_cast<naild::stdio::destination>(std::move(own)));
}

/// A process is gone with its last step, its threads too; what it held then is lost, whoever would have gone on with it here.
naild::task::task<> run_to_the_end(simulated_core& daemon, sim::thread_pool& threads, actor::recorder& record) {
  co_await daemon.run();
  if (daemon.sessions() == 0) threads.end();  // else one may still wait in its session's work
  const auto left = daemon.sessions();
  record.add(history::event_kind::daemon_ended, history::no_actor, left == 0 ? std::string() : fmt::format("with {} sessions left", left), 0,
             history::when_exact);
}

/// A machine that slept: nothing ran, and on its clock it is later.
class clock_jump final : public actor::standstill {
 public:
  explicit clock_jump(sim::world& world) : world_(world) {}
  std::uint64_t begin(std::uint64_t ms) override {
    world_.jump(naild::port::milliseconds(ms));
    return 0;
  }
  void end() override {}

 private:
  sim::world& world_;
};

/// Says when a case is over that only time could bring on: at once where no time is needed, else after longer than any
/// limit of the daemon. What beats alone is no progress.
class rest_watch {
 public:
  /// `needs_time`: what is awaited may come when some time has passed.
  rest_watch(bool needs_time, const naild::daemon::limits& bounds, const sim::world& world, const actor::case_driver& driver)
      : world_(world), driver_(driver), patience_(needs_time ? 2 * naild::port::milliseconds(longest_ms(bounds)) : 0) {}

  bool is_over() {
    if (std::exchange(progress_, driver_.progress()) != progress_) since_ = world_.now();
    return world_.now() - since_ >= patience_ && !driver_.awaited().empty();
  }

 private:
  static std::uint64_t longest_ms(const naild::daemon::limits& bounds) {
    return std::max({bounds.header_timeout_ms, bounds.heartbeat_timeout_ms, bounds.grace_ms, bounds.drain_ms, bounds.orphan_ms, bounds.linger_ms});
  }

  const sim::world& world_;
  const actor::case_driver& driver_;
  naild::port::time_ns patience_;
  naild::port::time_ns since_ = 0;
  std::uint64_t progress_ = 0;
};

bool asks_for(const plan::plan& what, std::string_view check) { return std::ranges::find(what.checks, check) != what.checks.end(); }

/// Why nothing more was played, if somebody still waits.
void note_end(const sim::run_result& ran, actor::case_driver& driver) {
  if (ran.why == sim::stop_reason::step_limit) {
    driver.note_end(history::event_kind::deadline_passed, static_cast<std::int64_t>(ran.steps));
  } else if (!driver.awaited().empty()) {
    driver.note_end(history::event_kind::quiescent, ran.why == sim::stop_reason::quiescent ? 0 : 1);
  }
}

void note_complaints(const std::vector<std::string>& lines, actor::recorder& record) {
  record.add(history::event_kind::log_watched, history::no_actor);
  for (const std::string& line : lines) record.add(history::event_kind::log_line, history::no_actor, line);
}

case_result not_exercised(const plan::plan& what, std::string why) {
  case_result result;
  result.observed.what = what;
  result.summary = {.result = check::outcome::not_exercised, .checker = "target", .detail = std::move(why)};
  return result;
}

}  // namespace

/// What an execution does not change.
struct simulated_target::core {
  explicit core(sim::world& world)
      : processes(world.make_spawner(simulated_programs(world.ports().network))), threads(world.make_threads(swap_binding)) {}

  naild::nail::registry nails;
  sim::process_spawner processes;
  sim::thread_pool threads;
  naild::nail::blocking_terms terms;  // of the plan that is played
  std::function<void()> drain;        // of the core that is played
  sim::spill_files spill;
  naild::nail::exec_bounds exec_bounds;  // of the plan that is played
  bounded_log log;
  const actor::recorder* recording = nullptr;  // of the run that is under way
  std::optional<plan::plan> judged;  // the plan that `judge` knows
  std::optional<check::plan_judge> judge;
};

simulated_target::simulated_target(sim_options options) : options_(std::move(options)), core_(std::make_unique<core>(world_)) {
  core_->nails.add("exec", [parts = core_.get()] { return std::make_unique<naild::nail::exec>(parts->processes, parts->exec_bounds); });
  core_->nails.add("puppet", [] { return std::make_unique<naild::nail::puppet_nail>(0); });
  core_->nails.add("puppet-blocking", [parts = core_.get(), makes = options_.makes_blocking] {
    auto work = makes ? makes() : std::make_unique<naild::nail::puppet_blocking>(0);
    return naild::nail::make_nail(std::move(work), parts->threads, parts->terms);
  });
  if (options_.adds) options_.adds(core_->nails);
}

simulated_target::~simulated_target() = default;

case_result simulated_target::run(const plan::plan& what, explore::strategy& decides, std::uint64_t seed) {
  if (actor::needs_process(what)) return not_exercised(what, "a client of the simulator has no process of its own");
  const auto bounds = limits_of(what.daemon_args);
  if (!bounds) return not_exercised(what, bounds.error());
  case_result result;
  world_.begin(decides, seed, options_.hostile_decisions_max);
  result.observed = std::exchange(spare_, {});
  result.observed.events = play(what, *bounds, std::move(result.observed.events), result.daemon_log);
  if (result.observed.what != what) result.observed.what = what;  // mostly the plan of the last execution is still in place
  result.duration_ns = world_.now();
  if (!options_.judges) return result;
  if (core_->judged != what) {
    core_->judged = what;
    core_->judge.emplace(what);
  }
  result.verdicts = (*core_->judge)(result.observed);
  result.summary = check::summary(result.verdicts);
  const bool wanted = result.summary.result == check::outcome::fail || result.summary.result == check::outcome::unknown;
  if (wanted) result.wire_log = wire_log(result.observed);
  return result;
}

// Everything made here dies after the world has dropped its suspended tasks, which borrow it.
std::vector<history::event> simulated_target::play(const plan::plan& what, const naild::daemon::limits& bounds,
                                                   std::vector<history::event> memory, std::string& daemon_log) {
  world_.watch_peers(what.transport == "tcp" ? sim::peer_watch::behind_no_bytes : sim::peer_watch::behind_unread_bytes);
  const auto door = world_.listen("naild", bounds.descriptors_max);
  const auto control_door = world_.listen("control");
  clock_jump jump(world_);
  sim_census census(world_, core_->processes, core_->spill, core_->threads);
  std::optional<naild::stdio::routed_streams> routed;  // the process's streams are also the harness's
  if (std::ranges::any_of(what.clients, &plan::client::blocking)) routed.emplace(core_->log);
  actor::setting where{.world = world_.ports(),
                             .daemon = sim::simulated_address("naild"),
                             .puppet_argv = {"puppet"},
                             .blocking_argv = {"puppet-blocking"},
                             .program_argv = {"exec"},
                             .puppet_program = "puppet",
                             .control_address = "sim:control",
                             .stands_still = &jump,
                             .census = &census};
  naild::task::strand& daemon_strand = world_.ports().strands.make_strand(0, "daemon");
  core_->exec_bounds = {.grace_ms = bounds.grace_ms, .orphan_ms = bounds.orphan_ms};
  core_->terms = {.grace_ms = bounds.grace_ms, .when_exhausted = [parts = core_.get()] {
                    if (parts->drain) parts->drain();
                  }};
  core_->drain = nullptr;
  core_->threads.begin({.threads_max = bounds.pool_threads_max, .lost_max = bounds.pool_lost_max});
  const core_parts parts{.world = world_.ports(), .door = **door, .own = daemon_strand, .log = core_->log, .spill = core_->spill, .bounds = bounds};
  const auto daemon = options_.makes ? options_.makes(parts) : std::make_unique<reference_core>(parts, core_->nails, core_->drain);
  if (plan::daemon_stop_of(what) != nullptr) where.stop_daemon = [&daemon] { daemon->stop(); };
  actor::case_driver driver(where, what, control_door->get(), std::move(memory));

  core_->recording = &driver.record();
  if (where.stop_daemon) {
    naild::task::spawn(daemon_strand, run_to_the_end(*daemon, core_->threads, driver.record()), daemon_label);
  } else {
    naild::task::spawn(daemon_strand, daemon->run(), daemon_label);
  }
  driver.start();
  // Another core, or commands that were added, may go on by timers that nobody here knows.
  rest_watch rest(options_.makes || options_.adds || plan::waits_for_time(what), bounds, world_, driver);
  world_.when_at_rest([&rest] { return rest.is_over(); });
  const sim::run_result ran = world_.run(options_.steps_max, options_.time_max);
  note_end(ran, driver);
  // The last round is over when nothing can happen any more.
  if (asks_for(what, "resources") && ran.why != sim::stop_reason::step_limit) census.take(driver.record());
  const std::vector<std::string> complaints = core_->log.take_complaints();
  if (asks_for(what, "quiet")) note_complaints(complaints, driver.record());
  const std::size_t sessions_left = daemon->sessions();
  if (ran.why == sim::stop_reason::quiescent) {
    driver.record().add(history::event_kind::census, history::no_actor, "sessions", static_cast<std::int64_t>(sessions_left));
  }
  core_->recording = nullptr;
  daemon_log = core_->log.take();
  world_.end();
  core_->threads.end();
  (void)core_->log.take();  // what the ends of its threads say is nobody's
  return driver.record().take();
}

std::size_t simulated_target::events_so_far() const noexcept { return core_->recording == nullptr ? 0 : core_->recording->events().size(); }

void simulated_target::recycle(case_result&& old) {
  if (old.observed.events.capacity() > spare_.events.capacity()) spare_ = std::move(old.observed);
}

}  // namespace nailbiter::target
