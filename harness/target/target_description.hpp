#pragma once

// What the harness is told of a live target: how it is started or reached, and how it runs a puppet. Made from a
// profile or from the command line.

#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/plan/plan.hpp"

namespace nailbiter::target {

struct target_description {
  std::string name = "naild";
  std::vector<std::string> command{};       // an argument vector, no shell; `{address}` in a word is replaced; empty: see connect
  std::string connect{};                    // text form of the address of a daemon that runs already
  std::string unix_form = "unix:{path}";    // what {address} becomes; empty: the target does not speak this transport
  std::string tcp_form = "tcp:127.0.0.1:{port}";
  bool picks_its_port = true;               // {port} becomes 0, and the first group of `ready` says what it became
  std::string ready = "listening on (\\S+)";  // regular expression on its output; empty: ready when it can be connected to
  bool takes_daemon_args = true;            // the plan's daemon_args are options of naild
  bool drains = true;                       // SIGTERM lets what runs end, and then it exits with 0
  std::vector<std::string> puppet_argv{"puppet"};
  std::vector<std::string> blocking_argv{"puppet-blocking"};
  std::vector<std::string> program_argv{"exec"};
  std::vector<std::string> relay_argv{};    // the harness's own `actor`: holds a client's connection; empty: no kill, no stop
  std::string puppet_program{};             // absolute path of the puppet executable; empty: none
  double time_scale = 1.0;                  // multiplies every deadline
};

/// The naild at `program`.
target_description naild_at(const std::filesystem::path& program);

/// Empty when a live target of this description can play the plan, else why not.
std::string cannot_play(const target_description& target, const plan::plan& what);

}  // namespace nailbiter::target
