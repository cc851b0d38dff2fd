#include "harness/target/live_target.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "harness/actor/command_line.hpp"
#include "harness/target/log_complaints.hpp"
#include "harness/target/wire_log.hpp"

namespace nailbiter::target {
namespace {

constexpr double scale_max = 16.0;
constexpr milliseconds start_ms_max{20'000};
constexpr milliseconds death_ms_max{200};

/// A daemon that dies shows as connections that end in no ordinary way.
bool looks_dead(const history::history& observed) {
  return std::ranges::any_of(observed.events, [](const history::event& seen) {
    return seen.kind == history::event_kind::connect_failed || seen.kind == history::event_kind::received_reset ||
           seen.kind == history::event_kind::received_end || seen.kind == history::event_kind::deadline_passed ||
           seen.kind == history::event_kind::no_progress;
  }) && !std::ranges::any_of(observed.events, [](const history::event& seen) {
    return seen.kind == history::event_kind::received_chunk && seen.type == 'X';
  });
}

bool asks_for_quiet(const plan::plan& what) { return std::ranges::find(what.checks, "quiet") != what.checks.end(); }

void note_log(const std::string& ready, case_result& result) {
  history::event told{.kind = history::event_kind::log_watched, .actor = history::no_actor, .time_ns = result.duration_ns};
  result.observed.events.push_back(told);
  told.kind = history::event_kind::log_line;
  for (std::string& line : complaints_in(result.daemon_log, ready)) {
    told.text = std::move(line);
    result.observed.events.push_back(told);
  }
}

/// And the user has not asked for the end of it all.
bool is_to_stop(const history::history& observed) {
  bool asked = false;
  for (const history::event& seen : observed.events) {
    if (seen.kind == history::event_kind::op_begun && plan::stops_daemon(seen.text)) asked = true;
    if (seen.kind == history::event_kind::deadline_passed && seen.number != 0) return false;
  }
  return asked;
}

/// How long the daemon's end is worth waiting for, once the clients are done.
milliseconds end_awaited_ms(const plan::plan& what, const history::history& observed, double scale) {
  const plan::op* asked = plan::daemon_stop_of(what);
  if (asked != nullptr && is_to_stop(observed)) {
    const std::uint64_t bound = asked->number != 0 ? asked->number : what.deadline_ms;
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(bound) * scale));
  }
  return looks_dead(observed) ? death_ms_max : milliseconds(0);
}

case_result without_events(const plan::plan& what, check::outcome how, std::string why) {
  case_result result;
  result.observed.what = what;
  result.summary = {.result = how, .checker = "target", .detail = std::move(why)};
  result.verdicts = {result.summary};
  return result;
}

}  // namespace

double machine_scale() noexcept {
  double load = 0;
  const long processors = std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN));
  if (::getloadavg(&load, 1) != 1) return 1.0;
  return std::clamp(load / static_cast<double>(processors), 1.0, scale_max);
}

live_target::live_target(const target_description& what, std::filesystem::path directory, interruption* stop)
    : target_(what), directory_(std::move(directory)), stop_(stop) {}

live_target::~live_target() = default;

tl::expected<live_daemon*, std::string> live_target::daemon_for(const plan::plan& what) {
  const bool started_here = target_.connect.empty();
  std::string key = started_here ? what.transport : target_.connect;
  for (const std::string& word : what.daemon_args) key += '\n' + word;
  const auto refusal = refusals_.find(what.transport);
  if (refusal != refusals_.end() && !refusal->second.empty()) return tl::unexpected(refusal->second);
  const auto found = daemons_.find(key);
  if (found != daemons_.end() && !found->second.ended()) return &found->second;
  if (found != daemons_.end()) daemons_.erase(found);
  const auto scaled = milliseconds(static_cast<std::int64_t>(static_cast<double>(start_ms_max.count()) * target_.time_scale));
  auto daemon = started_here ? live_daemon::start(target_, what.transport, what.daemon_args,
                                                  directory_ / fmt::format("daemon-{}", ++started_), scaled)
                             : live_daemon::at(target_.connect);
  // With options of the case's own it may be these that it refuses.
  if (daemon || what.daemon_args.empty()) refusals_.try_emplace(what.transport, daemon ? std::string() : daemon.error());
  if (!daemon) return tl::unexpected(daemon.error());
  return &daemons_.emplace(std::move(key), std::move(*daemon)).first->second;
}

tl::expected<std::int32_t, std::string> live_target::pid_for(const plan::plan& what) {
  const auto daemon = daemon_for(what);
  if (!daemon) return tl::unexpected(daemon.error());
  if ((*daemon)->pid() == 0) return tl::unexpected(std::string("the daemon was not started here: name its process with --pid"));
  return (*daemon)->pid();
}

case_result live_target::run(const plan::plan& what) {
  std::string why = cannot_play(target_, what);
  if (!why.empty()) return without_events(what, check::outcome::not_exercised, std::move(why));
  auto daemon = daemon_for(what);
  if (!daemon) {
    auto nobody = without_events(what, check::outcome::unknown, std::move(daemon.error()));
    const auto refused = [](const auto& each) { return !each.second.empty(); };
    nobody.no_daemon = !refusals_.empty() && std::ranges::all_of(refusals_, refused);
    return nobody;
  }
  case_result result;
  const auto left = play(what, **daemon, result);
  note_sanitizers(**daemon, result);
  result.daemon_log = (*daemon)->take_output();
  if (asks_for_quiet(what) && (*daemon)->pid() != 0) note_log(target_.ready, result);
  const bool is_spent = left == daemon_state::disturbed || plan::daemon_stop_of(what) != nullptr;
  if (is_spent && target_.connect.empty()) {
    // What hangs in it, or its stopping, would disturb the cases that follow.
    std::erase_if(daemons_, [&](const auto& entry) { return &entry.second == *daemon; });
  }
  result.verdicts = check::judge(result.observed);
  result.summary = check::summary(result.verdicts);
  result.wire_log = wire_log(result.observed);
  return result;
}

void live_target::note_sanitizers(live_daemon& daemon, case_result& result) {
  if (daemon.sanitizers().empty()) return;
  history::event told{.kind = history::event_kind::sanitizer_watches, .actor = history::no_actor, .time_ns = result.duration_ns};
  told.text = daemon.sanitizers();
  result.observed.events.push_back(told);
  told.kind = history::event_kind::sanitizer_report;
  for (const auto& one : daemon.take_reports()) {
    told.type = one.race ? 'r' : 'm';
    told.number = one.session;
    told.text = one.text;
    result.observed.events.push_back(told);
  }
}

daemon_state live_target::play(const plan::plan& what, live_daemon& daemon, case_result& result) {
  const live_case_options options{.daemon = daemon.where(),
                                  .control_socket = (directory_ / fmt::format("control-{}.sock", ++played_)).string(),
                                  .puppet_argv = target_.puppet_argv,
                                  .blocking_argv = target_.blocking_argv,
                                  .program_argv = target_.program_argv,
                                  .puppet_program = target_.puppet_program,
                                  .relay_argv = target_.relay_argv,
                                  .daemon_pid = daemon.pid(),
                                  .time_scale = target_.time_scale * machine_scale(),
                                  .stop = stop_};
  result.observed.what = what;
  const auto left = play_live(what, options, result);
  const auto waits_from = std::chrono::steady_clock::now();
  const auto status = daemon.ended(end_awaited_ms(what, result.observed, options.time_scale));
  if (!status) return left;
  history::event ended{.kind = history::event_kind::daemon_ended, .actor = history::no_actor};
  const auto waited = std::chrono::steady_clock::now() - waits_from;
  ended.time_ns = result.duration_ns + static_cast<std::uint64_t>(std::chrono::nanoseconds(waited).count());
  ended.number = *status;
  result.observed.events.push_back(std::move(ended));
  return left;
}

}  // namespace nailbiter::target
