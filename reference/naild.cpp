// The reference daemon: wiring only. Options to limits, the real world's ports to the server, signals to drain.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "reference/daemon/command_line.hpp"
#include "reference/daemon/server.hpp"
#include "reference/io/clock.hpp"
#include "reference/io/connector.hpp"
#include "reference/io/listener.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/process_audit.hpp"
#include "reference/io/process_spawner.hpp"
#include "reference/io/process_state.hpp"
#include "reference/io/race_report.hpp"
#include "reference/io/run_log_files.hpp"
#include "reference/io/signals.hpp"
#include "reference/io/spill_files.hpp"
#include "reference/io/standard_descriptors.hpp"
#include "reference/io/stderr_log.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/io/stray_output.hpp"
#include "reference/io/thread_pool.hpp"
#include "reference/nail/administration.hpp"
#include "reference/nail/exec.hpp"
#include "reference/nail/puppet_blocking.hpp"
#include "reference/nail/puppet_nail.hpp"
#include "reference/nail/registry.hpp"
#include "reference/stdio/routed_streams.hpp"

namespace {

using namespace naild;

constexpr int cannot_listen_code = 75;
constexpr int cannot_open_log_code = 1;
constexpr std::chrono::milliseconds last_steps_ms{250};  // for threads that have said their run's end already
constexpr task::step_label main_label{.session = 0, .kind = task::step_kind::spawn, .resource = 0};

// What is process-wide is set here, once, before anything runs.
void prepare_process(std::size_t descriptors_max) {
  io::ignore_broken_pipes();
  io::tell_sessions_of_races();
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, descriptors_max);
    (void)::setrlimit(RLIMIT_NOFILE, &files);
  }
}

nail::registry make_nails(const daemon::options& asked, port::process_spawner& spawner, port::thread_pool& threads,
                          const nail::blocking_terms& terms) {
  nail::registry nails;
  const nail::exec_bounds bounds{.grace_ms = asked.bounds.grace_ms, .orphan_ms = asked.bounds.orphan_ms};
  nails.add("exec", [&spawner, bounds] { return std::make_unique<nail::exec>(spawner, bounds); });
  for (const daemon::configured_command& each : asked.commands) {
    nails.add(each.name, [&spawner, bounds, exec = each.exec] { return std::make_unique<nail::exec>(spawner, bounds, exec); });
  }
  if (asked.enable_puppet) {
    nails.add("puppet", [pid = ::getpid()] { return std::make_unique<nail::puppet_nail>(pid); });
    nails.add("puppet-blocking", [pid = ::getpid(), &threads, terms] {
      return nail::make_nail(std::make_unique<nail::puppet_blocking>(pid), threads, terms);
    });
  }
  return nails;
}

// 1 and 2 are the starter's no more, and stay open.
void announce(const std::vector<std::unique_ptr<port::listener>>& listeners, const io::standard_descriptors& standard, int ready_fd) {
  for (const auto& each : listeners) ::dprintf(standard.out.get(), "listening on %s\n", port::to_string(each->where()).c_str());
  if (ready_fd < 0) return;
  const bool is_standard = ready_fd <= STDERR_FILENO;
  const int starters = ready_fd == STDERR_FILENO ? standard.err.get() : standard.out.get();
  (void)!::write(is_standard ? starters : ready_fd, "ready\n", 6);
  if (!is_standard) ::close(ready_fd);
}

// Before 1 and 2 are taken: the name may be theirs (/dev/stderr). None = it cannot be opened.
io::file_descriptor open_log(const std::string& name) {
  const io::file_descriptor opened(::open(name.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  return io::file_descriptor(opened ? ::fcntl(opened.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1) : -1);
}

task::task<> serve(daemon::server& server, io::signals& signals, io::loop& loop) {
  co_await server.run();
  signals.cancel();
  loop.stop();
}

// The first signal drains, the next one cancels every run.
task::task<> obey_signals(daemon::server& server, io::signals& signals) {
  const auto first = co_await signals.next();
  if (!first) co_return;
  server.drain();
  const auto second = co_await signals.next();
  if (second) server.cancel_all();
}

// What still works for a run that has ended may touch anything of ours: then the process ends as it is.
void end_threads(io::thread_pool& threads, port::log_sink& log, int code) {
  const std::size_t working = threads.stop(last_steps_ms);
  if (working == 0) return;
  log.write(port::severity::warning, 0, fmt::format("{} threads of ended runs still work: ending without them", working));
  std::_Exit(code);
}

int run(const daemon::options& asked, const io::standard_descriptors& standard, port::log_sink& log) {
  io::loop loop;
  io::strand_pool strands(loop);
  io::stray_output stray(loop, standard.stray.get(), log);
  io::clock time(loop);
  io::connector network(loop);
  io::process_spawner spawner(loop);
  io::spill_files spill;
  io::run_log_files run_logs;
  io::thread_pool threads({.threads_max = asked.bounds.pool_threads_max, .lost_max = asked.bounds.pool_lost_max}, &stray);
  const stdio::routed_streams routed(log);
  std::function<void()> drain;
  std::optional<io::process_audit> audit;
  const nail::blocking_terms terms{.grace_ms = asked.bounds.grace_ms,
                                   .when_exhausted = [&drain] { drain(); },
                                   .when_begun = [&audit](std::uint32_t session) { audit->begun(session); },
                                   .when_ended = [&audit](std::uint32_t session) { audit->ended(session); }};
  nail::registry nails = make_nails(asked, spawner, threads, terms);
  std::vector<std::unique_ptr<port::listener>> listeners;
  for (const port::address& where : asked.listen) {
    auto made = io::make_listener(loop, where);
    if (!made) {
      ::dprintf(standard.err.get(), "naild: %s\n", made.error().c_str());
      return cannot_listen_code;
    }
    listeners.push_back(std::move(*made));
  }
  io::leave_state_of_starter();
  audit.emplace(log);
  task::strand& own = strands.make_strand(0, "server");
  io::signals signals(loop, {SIGTERM, SIGINT});
  daemon::server server({.world = {strands, time, network}, .nails = nails, .log = log, .bounds = asked.bounds, .spill = &spill, .run_logs = &run_logs}, own);
  nail::add_administration(nails, server);
  drain = [&server] { server.drain(); };
  for (const auto& each : listeners) server.serve_on(*each);
  task::spawn(own, serve(server, signals, loop), main_label);
  task::spawn(own, obey_signals(server, signals), main_label);
  announce(listeners, standard, asked.ready_fd);
  loop.run(asked.io_threads);
  audit->look();
  io::give_back_standard_descriptors(standard);
  stray.finish();
  const int code = server.sessions() == 0 ? 0 : 1;
  end_threads(threads, log, code);
  strands.destroy_suspended();
  return code;
}

}  // namespace

int main(int count, char** words) {
  const auto parsed = daemon::parse_command_line(count, words);
  if (const auto* early = std::get_if<daemon::early_exit>(&parsed)) {
    std::fputs(early->text.c_str(), early->code == 0 ? stdout : stderr);
    return early->code;
  }
  const auto& asked = std::get<daemon::options>(parsed);
  io::file_descriptor log_file;
  if (!asked.log_file.empty()) {
    log_file = open_log(asked.log_file);
    if (!log_file) {
      std::fprintf(stderr, "naild: cannot open the log file '%s': check its directory and permissions\n", asked.log_file.c_str());
      return cannot_open_log_code;
    }
  }
  const io::standard_descriptors standard = io::take_standard_descriptors();
  prepare_process(asked.bounds.descriptors_max);
  const int log_fd = log_file ? log_file.get() : standard.err.get();
  io::rescue_last_words(standard.stray.get(), log_fd);
  io::stderr_log log(log_fd);
  return run(asked, standard, log);
}
