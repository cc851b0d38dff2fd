#pragma once

// A target's profile: how a daemon is started, reached and made to run a puppet, and what it claims to do. Values only;
// starts nothing. Words of its argument vectors and needs may hold places: {here} the profile's folder, {build} the
// folder of what the puppet's build makes, {naild}, {nail}, {puppet} programs of this project.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/scenario/dialect.hpp"
#include "harness/scenario/document.hpp"

namespace nailbiter::scenario {

struct profile_puppet {
  std::vector<std::string> argv{};   // what C and the first arguments are
  std::vector<std::string> blocking_argv{};  // the same for the puppet that runs on a thread; empty: none
  std::vector<std::string> build{};  // an argument vector that is run once before, empty = none
  std::vector<std::string> ops{};    // what its scripts may use

  friend bool operator==(const profile_puppet&, const profile_puppet&) = default;
};

struct profile {
  std::string name;
  std::vector<std::string>
      command{};  // an argument vector, no shell; {address} in it is replaced; empty: it runs already
  std::optional<std::string> unix_address{};  // address = { unix = ... }: {path} in it is replaced; unset: not spoken
  std::optional<std::string> tcp_address{};   // address = { tcp = ... }: {port} in it is replaced; unset: not spoken
  std::string ready = "connectable";          // a regular expression on its output, or "connectable"
  std::vector<std::string> needs{};           // programs and files; one missing: not exercised
  std::string install{};                      // the command that brings them, for people; empty: none is known
  bool takes_options = false;                 // the daemon options of scenarios are understood
  bool drains = false;                        // SIGTERM lets what runs end, and then it exits with 0
  dialect speaks = naild_dialect();
  std::map<std::string, std::string> observed{};  // [observed]: what it does by an axis that has no such value, or to an
                                                  // impossible_op. No dialect: cases are as if it were not said
  std::optional<profile_puppet> puppet{};   // unset: only cases that need none
  std::vector<std::string> program_argv{};  // [program] argv: empty = it has no way to run a program
  double time_scale = 1.0;                  // [scale] time: multiplies every deadline
};

tl::expected<profile, std::vector<load_error>> parse_profile(std::string_view text, const std::string& file);
tl::expected<profile, std::vector<load_error>> read_profile(const std::string& file);

/// The capabilities (expand.hpp) that `target` lacks; empty: the case can be exercised.
std::vector<std::string> lacking(const profile& target, const std::vector<std::string>& capabilities);

}  // namespace nailbiter::scenario
