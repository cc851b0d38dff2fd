#pragma once

// Command line -> options. The only room that knows how options are spelled.

#include <string>
#include <variant>

#include "harness/command/options.hpp"

namespace nailbiter::command {

/// The command line asks for no work: print `text` (to stderr if it is an error) and end with `exit_code`.
struct answer {
  int exit_code = 0;                   // 0: help or version; 64: usage
  std::string text;
};

/// Takes what main was given, the program's name included.
std::variant<options, answer> parse(int argc, const char* const* argv);

}  // namespace nailbiter::command
