#include "harness/command/workers.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include <fmt/core.h>

#include "harness/command/data_folder.hpp"
#include "harness/command/exit_code.hpp"
#include "harness/command/live_setup.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/report/json_report.hpp"
#include "harness/target/process.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

constexpr target::milliseconds tick_ms{50};
constexpr target::milliseconds stop_grace_ms{20'000};
constexpr std::size_t read_bytes_max = 1u << 20;

class worker {
 public:
  worker(target::process running, std::filesystem::path report) : running_(std::move(running)), report_(std::move(report)) {}

  /// Passes on the cases that have ended since the last call.
  void follow(const std::function<void(const report::case_record&)>& on_case) {
    unread_ += running_.output(seen_, read_bytes_max);
    seen_ = begin_of_unread_ + unread_.size();
    for (auto end = unread_.find('\n'); end != unread_.npos; end = unread_.find('\n')) {
      const auto one = parse_case_line(std::string_view(unread_).substr(0, end));
      if (one && on_case) on_case(*one);
      unread_.erase(0, end + 1);
      begin_of_unread_ += end + 1;
    }
  }

  bool has_ended(target::milliseconds at_most) {
    if (!status_) status_ = running_.wait(at_most);
    return status_.has_value();
  }
  void ask_to_stop() const { running_.signal_group(SIGTERM); }
  void kill() { running_.stop(target::milliseconds(0)); }

  /// Once it has ended. The cases that it has judged, and why there are no more of them if it failed itself.
  void add_to(std::vector<report::campaign>& parts, std::string& fault, bool was_asked_to_stop) {
    auto read = report::parse_report(report::content_of(report_).value_or(""));
    const auto failed = worker_fault({.status = *status_, .has_report = read.has_value(), .was_asked_to_stop = was_asked_to_stop});
    if (read) parts.push_back(std::move(*read));
    if (failed.empty() || !fault.empty()) return;
    constexpr std::size_t told_bytes_max = 2'000;
    const auto all = running_.output_bytes();
    fault = fmt::format("a worker {}, so cases are missing here; it said: {}", failed,
                        running_.output(all > told_bytes_max ? all - told_bytes_max : 0, told_bytes_max));
  }

 private:
  target::process running_;
  std::filesystem::path report_;
  std::optional<int> status_;
  std::string unread_;
  std::uint64_t seen_ = 0;
  std::uint64_t begin_of_unread_ = 0;
};

/// True: they were asked to stop.
bool await_all(std::vector<worker>& workers, const loop_settings& loop) {
  using clock = std::chrono::steady_clock;
  std::optional<clock::time_point> asked_to_stop;
  for (std::size_t first_running = 0; first_running < workers.size();) {
    if (!asked_to_stop && loop.interrupted && loop.interrupted()) {
      asked_to_stop = clock::now();
      for (const auto& one : workers) one.ask_to_stop();
    }
    if (asked_to_stop && clock::now() > *asked_to_stop + stop_grace_ms) {
      for (auto& one : workers) one.kill();
    }
    if (workers[first_running].has_ended(tick_ms)) ++first_running;
    for (auto& one : workers) one.follow(loop.on_case);
  }
  return asked_to_stop.has_value();
}

}  // namespace

std::string case_line(const report::case_record& one) {
  return fmt::format("{:<13} {:>8.1f} ms  {}\n", report::name_of(one.summary.result), static_cast<double>(one.duration_ns) / 1e6, one.id);
}

std::optional<report::case_record> parse_case_line(std::string_view line) {
  const auto id = line.find(" ms  ");
  if (id == line.npos) return std::nullopt;
  report::case_record one{.id = std::string(line.substr(id + 5)), .summary = {}};
  for (const auto result : {check::outcome::pass, check::outcome::fail, check::outcome::unknown, check::outcome::not_exercised}) {
    if (line.substr(0, line.find(' ')) != report::name_of(result)) continue;
    one.summary.result = result;
    const std::string duration(line.substr(13, id - 13));
    one.duration_ns = static_cast<std::uint64_t>(std::max(0.0, std::strtod(duration.c_str(), nullptr)) * 1e6);
    return one;
  }
  return std::nullopt;
}

std::vector<std::string> worker_words(const run_options& how, std::uint32_t number, const std::filesystem::path& folder,
                                      const std::filesystem::path& report) {
  // Worker k of n takes every n-th of this shard's cases.
  const auto index = how.part.index + how.part.count * (number - 1);
  std::vector<std::string> words{"run", "-v", "--shard", fmt::format("{}/{}", index, how.part.count * how.jobs)};
  words.insert(words.end(), how.which.patterns.begin(), how.which.patterns.end());
  const auto add = [&words](const char* option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  if (how.smoke) words.push_back("--smoke");
  add("--scenarios", how.which.scenarios);
  if (how.mode) add("--mode", *how.mode == plan::delivery::race ? "race" : "settle");
  add("--seed", std::to_string(how.seed));
  add("--repeat", std::to_string(how.repeat));
  add("--known", how.known);
  add("--worker", folder.string());
  add("--built", how.built);
  add("--json", report.string());
  for (auto& word : target_words(how.against)) words.push_back(std::move(word));
  return words;
}

std::string worker_fault(const worker_end& how) {
  if (how.was_asked_to_stop && WIFSIGNALED(how.status) && WTERMSIG(how.status) == SIGTERM) return "";
  if (!how.has_report) return "left no report";
  if (WIFSIGNALED(how.status)) return fmt::format("was ended by signal {}", WTERMSIG(how.status));
  const auto code = static_cast<exit_code>(WEXITSTATUS(how.status));
  const bool has_judged = code == exit_code::holds || code == exit_code::nonconformant || code == exit_code::unknown ||
                          code == exit_code::leak || code == exit_code::interrupted;
  return has_judged ? "" : fmt::format("failed with exit code {}", WEXITSTATUS(how.status));
}

report::campaign merged(std::vector<report::campaign> parts) {
  report::campaign all;
  std::size_t longest = 0;
  for (auto& part : parts) {
    all.target = part.target;
    all.seed = part.seed;
    all.interrupted = all.interrupted || part.interrupted;
    // What each of them was told is told once.
    if (!all.stopped.empty() && !part.stopped.empty() && !part.cases.empty()) part.cases.pop_back();
    if (all.stopped.empty()) all.stopped = part.stopped;
    longest = std::max(longest, part.cases.size());
  }
  for (std::size_t position = 0; position < longest; ++position) {
    for (auto& part : parts) {
      if (position < part.cases.size()) all.cases.push_back(std::move(part.cases[position]));
    }
  }
  return all;
}

tl::expected<loop_result, std::string> run_in_workers(const run_options& how, const std::filesystem::path& folder,
                                                      const loop_settings& loop) {
  const auto begun = std::chrono::steady_clock::now();
  const auto directory = target::temporary_directory::make();
  if (!directory) return tl::unexpected(directory.error());
  std::vector<worker> workers;
  for (std::uint32_t number = 1; number <= how.jobs; ++number) {
    const auto report = directory->path() / fmt::format("worker-{}.json", number);
    auto words = worker_words(how, number, folder, report);
    words.insert(words.begin(), (program_folder() / "nailbiter").string());
    auto running = target::process::start(words, directory->path() / fmt::format("worker-{}.log", number));
    if (!running) return tl::unexpected(running.error());
    workers.emplace_back(std::move(*running), report);
  }
  const bool stopped = await_all(workers, loop);
  std::vector<report::campaign> parts;
  loop_result result;
  for (auto& one : workers) one.add_to(parts, result.fault, stopped);
  if (parts.empty() && !stopped) return tl::unexpected(result.fault);
  result.all = merged(std::move(parts));
  result.all.target = loop.target_name;
  result.all.seed = loop.seed;
  result.all.interrupted = result.all.interrupted || stopped;
  result.all.duration_ns = static_cast<std::uint64_t>((std::chrono::steady_clock::now() - begun) / std::chrono::nanoseconds(1));
  return result;
}

}  // namespace nailbiter::command
