#include "harness/command/power_jobs.hpp"

#include <algorithm>
#include <chrono>
#include <sys/wait.h>

namespace nailbiter::command {
namespace {

using clock = std::chrono::steady_clock;

constexpr target::milliseconds tick_ms{10};
// It finishes the case that it is in, which may be one that hangs: on a busy machine that takes several seconds to tell.
constexpr target::milliseconds stop_grace_ms{60'000};
constexpr std::size_t output_bytes_max = 64u << 10;

struct running_job {
  std::size_t number = 0;
  target::process process;
  clock::time_point until{};
};

std::string tail_of(const target::process& of) {
  const auto all = of.output_bytes();
  return of.output(all > output_bytes_max ? all - output_bytes_max : 0, output_bytes_max);
}

bool has_failed(const target::process& of) {
  const auto text = tail_of(of);
  return text.starts_with("fail ") || text.find("\nfail ") != text.npos;
}

ended_job result_of(target::process& of, int status) {
  return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .cpu_us = of.cpu_us(), .output = tail_of(of)};
}

/// Its status, if it has ended by now or is to end now.
std::optional<int> settled(running_job& one, const power_job& what) {
  if (const auto status = one.process.wait(tick_ms)) return status;
  const bool is_late = clock::now() >= one.until;
  if (!is_late && !(what.ends_with_first_failure && has_failed(one.process))) return std::nullopt;
  one.process.stop(stop_grace_ms);
  return one.process.ended();
}

}  // namespace

tl::expected<bool, std::string> run_jobs(const std::vector<power_job>& jobs, std::size_t parallel, const std::function<bool()>& interrupted,
                                         const std::function<void(std::size_t, const ended_job&)>& done) {
  std::vector<running_job> running;
  std::size_t next = 0;
  while (next < jobs.size() || !running.empty()) {
    if (interrupted()) {
      for (auto& one : running) one.process.stop(stop_grace_ms);  // they have daemons of their own to end
      return false;
    }
    while (next < jobs.size() && running.size() < parallel) {
      auto started = target::process::start(jobs[next].argv, jobs[next].log);
      if (!started) return tl::unexpected(started.error());
      running.push_back({.number = next, .process = std::move(*started), .until = clock::now() + jobs[next].at_most});
      ++next;
    }
    std::vector<running_job> still;
    for (auto& one : running) {
      if (const auto status = settled(one, jobs[one.number])) {
        done(one.number, result_of(one.process, *status));
      } else {
        still.push_back(std::move(one));
      }
    }
    running = std::move(still);
  }
  return true;
}

}  // namespace nailbiter::command
