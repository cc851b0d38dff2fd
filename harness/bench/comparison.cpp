#include "harness/bench/comparison.hpp"

#include <array>

#include <fmt/core.h>

#include "harness/bench/instructions.hpp"
#include "harness/bench/load.hpp"
#include "harness/bench/process.hpp"

namespace nailbiter::bench {
namespace {

constexpr int start_ms_max = 10'000;
constexpr int stop_ms_max = 5'000;
constexpr double sequential_budget = 1.15;
constexpr double parallel_budget = 0.8;
constexpr double instructions_budget = 20'000;
constexpr std::uint32_t warm_up_runs = 200;
constexpr std::array<std::uint32_t, 2> parallel_connections = {16, 64};

/// A run of nothing: the puppet with an empty script.
std::string no_op_header() { return chunk('D', "/") + chunk('C', "puppet"); }

std::vector<std::string> naild_argv(const settings& how, const std::string& socket_path) {
  return {how.naild, "--listen", "unix:" + socket_path, "--enable-puppet"};
}

struct measured {
  double sequential_p50_us = 0;
  std::array<double, parallel_connections.size()> runs_per_s{};
};

tl::expected<measured, std::string> measure(const settings& how, const std::string& socket_path) {
  measured round;
  load work{.socket_path = socket_path, .header = no_op_header(), .connections = 1, .runs = warm_up_runs};
  if (const auto warm = generate(work); !warm) return tl::unexpected(warm.error());
  work.runs = how.sequential_runs;
  const auto sequential = generate(work);
  if (!sequential) return tl::unexpected(sequential.error());
  round.sequential_p50_us = sequential->p50_us();
  for (std::size_t i = 0; i < parallel_connections.size(); ++i) {
    work.connections = parallel_connections[i];
    work.runs = how.parallel_runs;
    const auto parallel = generate(work);
    if (!parallel) return tl::unexpected(parallel.error());
    round.runs_per_s[i] = parallel->runs_per_s();
  }
  return round;
}

std::vector<figure> empty_figures() {
  std::vector<figure> figures;
  figures.push_back({.name = "no-op sequential p50, naild", .unit = "us"});
  figures.push_back({.name = "no-op sequential p50, floor", .unit = "us"});
  figures.push_back({.name = "no-op sequential p50, naild / floor", .unit = "x", .budget = sequential_budget});
  for (const auto connections : parallel_connections) {
    figures.push_back({.name = fmt::format("no-op runs/s at {}, naild", connections), .unit = "/s"});
    figures.push_back({.name = fmt::format("no-op runs/s at {}, floor", connections), .unit = "/s"});
    figures.push_back({.name = fmt::format("no-op runs/s at {}, naild / floor", connections), .unit = "x",
                       .budget = parallel_budget, .kind = budget_kind::at_least});
  }
  return figures;
}

void add(std::vector<figure>& figures, std::size_t at, double naild, double floor) {
  figures[at].values.push_back(naild);
  figures[at + 1].values.push_back(floor);
  figures[at + 2].values.push_back(floor == 0 ? 0 : naild / floor);
}

figure instructions_of(const settings& how) {
  figure one{.name = "user instructions per no-op run", .unit = "", .budget = instructions_budget, .remark = "callgrind"};
  const scratch_folder scratch;
  const auto socket_path = scratch.file("naild.sock");
  const auto count = instructions_per_run(naild_argv(how, socket_path), socket_path, no_op_header());
  if (count) {
    one.values.push_back(*count);
  } else {
    one.remark = count.error();
  }
  return one;
}

}  // namespace

tl::expected<std::vector<figure>, std::string> compare(const settings& how) {
  const auto keep_going = [&how] { return !how.keep_going || how.keep_going(); };
  const scratch_folder scratch;
  const auto floor_path = scratch.file("floor.sock");
  const auto naild_path = scratch.file("naild.sock");
  auto floor_argv = how.floor_argv;
  floor_argv.push_back(floor_path);
  auto floor = process::start(floor_argv, scratch.file("floor.log"));
  if (!floor) return tl::unexpected(floor.error());
  auto daemon = process::start(naild_argv(how, naild_path), scratch.file("naild.log"));
  if (!daemon) return tl::unexpected(daemon.error());
  if (!floor->await_socket(floor_path, start_ms_max)) return tl::unexpected(std::string("the floor does not accept connections"));
  if (!daemon->await_socket(naild_path, start_ms_max)) return tl::unexpected(how.naild + " does not accept connections");

  auto figures = empty_figures();
  for (std::uint32_t round = 0; round < how.rounds && keep_going(); ++round) {
    const auto below = measure(how, floor_path);
    if (!below) return tl::unexpected(below.error());
    const auto above = measure(how, naild_path);
    if (!above) return tl::unexpected(above.error());
    add(figures, 0, above->sequential_p50_us, below->sequential_p50_us);
    for (std::size_t i = 0; i < parallel_connections.size(); ++i) add(figures, 3 + 3 * i, above->runs_per_s[i], below->runs_per_s[i]);
  }
  daemon->stop(stop_ms_max);
  if (how.count_instructions && keep_going()) figures.push_back(instructions_of(how));
  return figures;
}

}  // namespace nailbiter::bench
