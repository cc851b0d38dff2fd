#include "harness/target/live_case.hpp"

#include <algorithm>
#include <csignal>
#include <sys/wait.h>
#include <memory>
#include <optional>
#include <utility>

#include "harness/actor/case_driver.hpp"
#include "harness/actor/command_line.hpp"
#include "harness/target/daemon_settling.hpp"
#include "harness/target/process_activity.hpp"
#include "harness/target/process_census.hpp"
#include "harness/target/relayed_client.hpp"
#include "harness/target/stall.hpp"
#include "reference/io/clock.hpp"
#include "reference/io/connector.hpp"
#include "reference/io/listener.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/signals.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/task/group.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::target {
namespace {

using history::event_kind;
using naild::task::task;

constexpr std::uint64_t give_up_ms = 2'000;   // to close what was found open
constexpr std::uint64_t window_ms = 500;      // longer than the daemon's timers that cases rely on
constexpr std::uint64_t late_run_ms = 300;    // for the report of a run whose client left early
constexpr naild::task::step_label watch_label{};

naild::port::time_ns scaled(std::uint64_t ms, double scale) {
  return static_cast<naild::port::time_ns>(static_cast<double>(ms) * 1e6 * scale);
}

/// The longest that a requirement of the case lets its clients wait: shorter silence breaks nothing.
std::uint64_t longest_bound_ms(const plan::plan& what) {
  std::uint64_t longest = 0;
  for (const plan::client& who : what.clients) longest = std::max(longest, who.expect.within_ms);
  return longest;
}

/// Ends the loop when the case has finished, when nothing moves, after its deadline, or when the user wants to stop.
class watch {
 public:
  watch(naild::io::loop& loop, naild::io::clock& time, naild::task::strand& own, actor::case_driver& driver,
        const live_case_options& options)
      : loop_(loop), own_(own), time_(time), driver_(driver), options_(options), timer_(time.make_timer(watch_label)) {
    if (options.stop != nullptr) signals_.emplace(loop, std::initializer_list<int>{SIGINT, SIGTERM});
    driver.on_finished([this] { naild::task::post(own_, watch_label, [this] { case_finished(); }); });
  }

  task<> run(const plan::plan& what) {
    naild::task::group helpers(own_, watch_label);
    if (signals_) helpers.start(wait_for_signals());
    const auto deadline = time_.now() + scaled(what.deadline_ms, options_.time_scale);
    stall still(scaled(window_ms, options_.time_scale) / 1'000'000, longest_bound_ms(what));
    bool stopped = false;
    while (!finished_ && !interrupted_ && !stopped && time_.now() < deadline) {
      const auto window_end = std::min(deadline, time_.now() + naild::port::milliseconds(still.window_ms()));
      co_await timer_->until(window_end);
      stopped = !finished_ && !interrupted_ && still.window_ended(driver_.progress(), activity_of(options_.daemon_pid));
    }
    if (!finished_) {
      if (stopped) driver_.record().add(event_kind::stacks, history::no_actor, stacks_text());
      driver_.note_end(stopped ? event_kind::no_progress : event_kind::deadline_passed, interrupted_ ? 1 : 0);
      driver_.give_up();
      const auto last = time_.now() + scaled(give_up_ms, options_.time_scale);
      if (!finished_) co_await timer_->until(last);
    }
    if (signals_) signals_->cancel();
    co_await helpers.join();
    loop_.stop();
  }

 private:
  void case_finished() {
    finished_ = true;
    timer_->cancel();
  }

  std::string stacks_text() const {
    if (options_.daemon_pid <= 0) return "the daemon was not started here";
    return stacks_of(options_.daemon_pid);
  }

  task<> wait_for_signals() {
    const auto number = co_await signals_->next();
    if (!number) co_return;
    options_.stop->note();
    interrupted_ = true;
    timer_->cancel();
  }

  naild::io::loop& loop_;
  naild::task::strand& own_;
  naild::io::clock& time_;
  actor::case_driver& driver_;
  const live_case_options& options_;
  std::unique_ptr<naild::port::timer> timer_;
  std::optional<naild::io::signals> signals_;
  bool finished_ = false;
  bool interrupted_ = false;
};

/// Destroys what is suspended before anything that it borrows.
struct suspended_last {
  naild::io::strand_pool& pool;
  ~suspended_last() { pool.destroy_suspended(); }
};

/// A daemon that has gone before is not one that has stopped. (Its number is ours until it has been waited for.)
void ask_to_stop(std::int32_t pid, actor::recorder& record) {
  siginfo_t gone{};
  const bool has_gone = ::waitid(P_PID, static_cast<id_t>(pid), &gone, WEXITED | WNOHANG | WNOWAIT) == 0 && gone.si_pid == pid;
  if (has_gone) record.add(event_kind::daemon_ended, history::no_actor, "before it was asked to");
  ::kill(pid, SIGTERM);
}

/// The daemon's process alone; its clients go on.
class held_process final : public actor::standstill {
 public:
  explicit held_process(std::int32_t pid) : pid_(pid) {}
  std::uint64_t begin(std::uint64_t ms) override {
    ::kill(pid_, SIGSTOP);
    return ms;
  }
  void end() override { ::kill(pid_, SIGCONT); }

 private:
  std::int32_t pid_;
};

void note_no_control(const std::string& why, case_result& result) {
  history::event told{.kind = event_kind::deadline_passed, .actor = history::no_actor};
  told.text = "no control server: " + why;
  result.observed.events.push_back(std::move(told));
}

}  // namespace

daemon_state play_live(const plan::plan& what, const live_case_options& options, case_result& result) {
  naild::io::loop loop;
  naild::io::strand_pool strands(loop);
  naild::io::clock time(loop);
  naild::io::connector network(loop);
  const bool controlled = actor::needs_control(what);
  actor::setting where{.world = {strands, time, network},
                       .daemon = options.daemon,
                       .puppet_argv = options.puppet_argv,
                       .blocking_argv = options.blocking_argv,
                       .program_argv = options.program_argv,
                       .puppet_program = options.puppet_program};
  actor::recorder* record = nullptr;
  if (options.daemon_pid > 0) where.stop_daemon = [id = options.daemon_pid, &record] { ask_to_stop(id, *record); };
  held_process held(options.daemon_pid);
  if (options.daemon_pid > 0) where.stands_still = &held;
  relayed_clients processes(loop, options.relay_argv);
  where.processes = &processes;
  process_census census(options.daemon_pid);
  if (options.daemon_pid > 0) where.census = &census;
  daemon_settling settling(options.daemon_pid);
  if (what.mode == plan::delivery::settle) where.settle = &settling;
  where.late_run_ms = scaled(late_run_ms, options.time_scale) / 1'000'000;
  std::unique_ptr<naild::port::listener> control_door;
  if (controlled) {
    const naild::port::address control{.kind = naild::port::transport::unix_socket, .name = options.control_socket};
    auto door = naild::io::make_listener(loop, control);
    if (!door) {
      note_no_control(door.error(), result);
      return daemon_state::as_before;
    }
    control_door = std::move(*door);
    where.control_address = to_string(control);
  }
  actor::case_driver driver(where, what, control_door.get());
  record = &driver.record();
  naild::task::strand& watch_strand = strands.make_strand(0, "watch");
  watch guard(loop, time, watch_strand, driver, options);
  {
    const suspended_last order{strands};
    naild::task::spawn(watch_strand, guard.run(what), watch_label);
    driver.start();
    const auto began = time.now();
    const interruption::opening signals_open(options.stop);
    loop.run(1);
    result.duration_ns = time.now() - began;
  }
  result.observed.events = driver.record().take();
  return driver.finished() ? daemon_state::as_before : daemon_state::disturbed;
}

}  // namespace nailbiter::target
