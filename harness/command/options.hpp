#pragma once

// What the command line of each sub-command says, checked for form and not for sense: a file may be missing.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/probe/question.hpp"

namespace nailbiter::command {

/// Which cases: glob patterns over ids, none = all; and where the scenarios are.
struct selection {
  std::vector<std::string> patterns{};
  std::string scenarios{};             // empty: see data_folder.hpp
};

struct list_options {
  selection which{};
  bool json = false;
};

struct shard {
  std::uint32_t index = 1;             // from 1
  std::uint32_t count = 1;
};

/// Files to write besides the run's folder; empty = none. "-" is no special name.
struct report_files {
  std::string junit{};
  std::string json{};
  std::string tap{};
  std::string markdown{};
  std::string html{};
};

/// The daemon under test; at most one of target, connect, exec. None: the naild beside nailbiter.
struct target_choice {
  std::string target{};                // a profile's name or file
  std::string connect{};               // unix:PATH or tcp:HOST:PORT
  std::vector<std::string> exec{};     // an argument vector
  std::string dialect{};
  std::vector<std::string> puppet{};
  std::vector<std::string> blocking{};
  std::vector<std::string> program{};
};

struct run_options {
  selection which{};
  bool smoke = false;
  target_choice against{};
  std::optional<plan::delivery> mode{};  // of every case; unset: as its scenario says
  std::uint64_t seed = 1;
  std::uint32_t repeat = 1;
  std::uint32_t jobs = 1;
  shard part{};
  std::string known{};
  report_files reports{};
  std::string out = "out";
  bool verbose = false;
  std::string command_line{};          // the whole of it, as a shell takes it: for reports
  std::string worker{};                // not empty: a worker of --jobs; the folder of the whole run (hidden)
  std::string built{};                 // of a worker: the folder of what the puppet's build made (hidden)
};

struct probe_options {
  target_choice against{};
  std::string scenarios{};             // whose targets/ holds profiles
  probe::price patience = probe::price::short_one;
  std::string json{};
};

struct sim_options {
  selection which{};
  std::uint64_t schedules = 1000;      // in all
  std::string strategy = "portfolio";
  std::uint32_t departures = 2;         // dfs: at most so many from the calm schedule
  std::uint64_t seed = 1;
  std::string out = "out";
  bool verbose = false;
};

struct replay_options {
  std::string what;                    // a failure's folder or a token
  std::string scenarios{};
  target_choice against{};             // for folders of live failures
};

struct shrink_effort {
  std::uint64_t seeds = 100;           // schedules that a smaller plan is given to fail
  std::uint64_t steps = 40'000'000;    // of the simulator, in all
};

struct shrink_options {
  std::string folder;                  // of a failure
  std::string scenarios{};
  std::string out = "out";
  shrink_effort effort{};
  std::uint32_t seconds = 25;          // after which it ends with what it has
};

struct lift_options {
  std::string folder;                  // of a failure
  std::string scenarios{};
  target_choice against{};
  std::uint32_t runs = 100;            // live, of each plan
  std::uint32_t seconds = 300;         // after which it ends with the runs it has
  std::string out = "out";
};

struct verify_fix_options {
  std::string folder;                  // of a failure
  std::string scenarios{};
  target_choice against{};             // none, and the folder has a schedule: the simulator
  std::uint64_t runs = 0;              // 0: as many as the rate before asks for
  std::uint32_t seconds = 300;         // after which it ends with the runs it has
  bool record = false;                 // keep this build's rate as the one before
};

struct bench_options {
  std::string json{};
  std::uint32_t rounds = 21;
  std::string floor_socket{};          // not empty: serve the floor there and do nothing else (hidden)
};

struct compare_options {
  std::vector<std::string> reports{};  // report.json files; the first is what the others are held against
  bool json = false;
  std::string html{};
};

struct power_options {
  std::vector<std::string> mutants{};   // ids; none = all
  std::string set{};                    // of tests/mutants/sets: its bugs with its hops, told strategy by strategy
  std::vector<std::string> strategies{};// none = all
  std::string json{};
  std::string scenarios{};
  std::string bin{};                    // programs with the planted bugs; empty: they are built
  std::uint32_t seeds = 50;             // searches, each by a strategy
  std::uint64_t schedules = 1000;       // at most, a search
  std::uint64_t control_schedules = 0;  // 0: so many that all controls have 100,000 together
  std::uint32_t seconds = 6;            // CPU of all searches of one mutant by one strategy; the rest is left out
  std::uint32_t jobs = 2;
  bool accept = false;                  // add new kills to the ratchet
  std::string search_case{};            // not empty: the searches in this process, with what is awake in it (hidden)
};

struct globals_options {
  target_choice against{};             // none of it: the naild beside nailbiter, or that with `pid`
  std::int32_t pid = 0;                // 0 = the daemon is started here
  std::uint32_t alike = 6;             // runs that teach what every run changes
  std::string scenarios{};
  std::string json{};
};

struct actor_options {
  std::string daemon;                  // address whose connection to hold for the harness, which is standard input
};

using options = std::variant<list_options, run_options, probe_options, sim_options, replay_options, shrink_options, lift_options, verify_fix_options,
                             globals_options, compare_options, bench_options, power_options, actor_options>;

}  // namespace nailbiter::command
