#pragma once

// The argument vector before and beside the option parser: what follows --exec, the line as a shell takes it.

#include <string>
#include <vector>

#include "harness/command/options.hpp"

namespace nailbiter::command {

struct argument_words {
  std::vector<std::string> own{};   // without the program's name, up to --exec
  std::vector<std::string> exec{};  // what follows it: a command with all its options
  bool has_exec = false;
};

/// CLI11 cannot leave the words behind --exec alone, so they are cut off before. A word {puppet} that follows the first of a
/// --puppet is the second of it: nothing else is written so.
argument_words split_at_exec(int argc, const char* const* argv);

/// All of it, quoted where a shell asks for that.
std::string shell_line(int argc, const char* const* argv);

/// It says how a daemon is made to do something, and not which.
bool is_of_nobody(const target_choice& against);

}  // namespace nailbiter::command
