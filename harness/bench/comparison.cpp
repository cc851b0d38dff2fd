#include "harness/bench/comparison.hpp"

#include <array>
#include <span>
#include <string_view>

#include <fmt/core.h>

#include "harness/bench/instructions.hpp"
#include "harness/bench/load.hpp"
#include "harness/bench/process.hpp"
#include "harness/bench/processors.hpp"

namespace nailbiter::bench {
namespace {

constexpr int start_ms_max = 10'000;
constexpr int stop_ms_max = 5'000;
constexpr double sequential_budget = 1.15;
constexpr double parallel_budget = 0.8;
constexpr double instructions_budget = 20'000;
constexpr std::uint32_t warm_up_runs = 100;  // since the other server's turn

/// What is compared: the latency of one connection, or the rate of several.
struct subject {
  std::string_view name;
  std::uint32_t connections;
  placement where;

  bool is_sequential() const noexcept { return connections == 1; }
};

// One connection in both placements: on one processor no wake-up reaches another and each instruction counts; on two, what is
// done behind the answer delays the next run.
constexpr std::array<subject, 4> subjects = {{
    {.name = "sequential p50 on one CPU", .connections = 1, .where = placement::one_processor},
    {.name = "sequential p50 on two CPUs", .connections = 1, .where = placement::two_processors},
    {.name = "runs/s at 16", .connections = 16, .where = placement::two_processors},
    {.name = "runs/s at 64", .connections = 64, .where = placement::two_processors},
}};
constexpr std::size_t figures_each = 4;

/// A run of nothing: the puppet with an empty script.
std::string no_op_header() { return chunk('D', "/") + chunk('C', "puppet"); }

std::vector<std::string> naild_argv(const settings& how, const std::string& socket_path) {
  return {how.naild, "--listen", "unix:" + socket_path, "--enable-puppet"};
}

struct server {
  process& running;
  const std::string& socket_path;
};

struct sample {
  double value = 0;   // us or runs/s
  double cpu_us = 0;  // a run
};

tl::expected<sample, std::string> measure(const settings& how, const subject& what, const server& of, const processors& given) {
  given.place(of.running.id(), what.where);
  load work{.socket_path = of.socket_path, .header = no_op_header(), .connections = what.connections, .runs = warm_up_runs};
  if (const auto warm = generate(work); !warm) return tl::unexpected(warm.error());
  work.runs = what.is_sequential() ? how.sequential_runs : how.parallel_runs;
  const double cpu_us_before = of.running.cpu_us();
  const auto done = generate(work);
  if (!done) return tl::unexpected(done.error());
  return sample{.value = what.is_sequential() ? done->p50_us() : done->runs_per_s(),
                .cpu_us = (of.running.cpu_us() - cpu_us_before) / work.runs};
}

std::vector<figure> empty_figures() {
  std::vector<figure> figures;
  for (const subject& each : subjects) {
    const std::string unit = each.is_sequential() ? "us" : "/s";
    figures.push_back({.name = fmt::format("{}, naild", each.name), .unit = unit});
    figures.push_back({.name = fmt::format("{}, floor", each.name), .unit = unit});
    figures.push_back({.name = fmt::format("{}, naild / floor", each.name), .unit = "x",
                       .budget = each.is_sequential() ? sequential_budget : parallel_budget,
                       .kind = each.is_sequential() ? budget_kind::at_most : budget_kind::at_least});
    figures.push_back({.name = "  CPU time a run, naild / floor", .unit = "x"});
  }
  return figures;
}

double ratio(double naild, double floor) { return floor == 0 ? 0 : naild / floor; }

void add(std::span<figure> figures, const sample& naild, const sample& floor) {
  figures[0].values.push_back(naild.value);
  figures[1].values.push_back(floor.value);
  figures[2].values.push_back(ratio(naild.value, floor.value));
  figures[3].values.push_back(ratio(naild.cpu_us, floor.cpu_us));
}

/// One pair of each subject, floor first or naild first. The error is a text.
tl::expected<void, std::string> add_round(std::vector<figure>& figures, const settings& how, const server& naild, const server& floor,
                                          bool floor_first) {
  const processors given;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const std::span<figure> mine = std::span(figures).subspan(i * figures_each, figures_each);
    if (subjects[i].where == placement::two_processors && !given.are_two()) {
      for (figure& each : mine) each.remark = "there is one processor only";
      continue;
    }
    const auto first = measure(how, subjects[i], floor_first ? floor : naild, given);
    if (!first) return tl::unexpected(first.error());
    const auto second = measure(how, subjects[i], floor_first ? naild : floor, given);
    if (!second) return tl::unexpected(second.error());
    add(mine, floor_first ? *second : *first, floor_first ? *first : *second);
  }
  return {};
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
    const auto added = add_round(figures, how, {*daemon, naild_path}, {*floor, floor_path}, round % 2 == 0);
    if (!added) return tl::unexpected(added.error());
  }
  daemon->stop(stop_ms_max);
  if (how.count_instructions && keep_going()) figures.push_back(instructions_of(how));
  return figures;
}

}  // namespace nailbiter::bench
