#pragma once

// naild's command line as a value. Knows the options and their texts; opens nothing.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "reference/daemon/config_file.hpp"
#include "reference/daemon/limits.hpp"
#include "reference/port/address.hpp"

namespace naild::daemon {

struct options {
  std::vector<port::address> listen;
  unsigned io_threads = 1;
  bool enable_puppet = false;
  int ready_fd = -1;     // -1 = none; else a line 'ready' goes there and it is closed
  std::string log_file;  // empty = stderr
  limits bounds;
  std::vector<configured_command> commands;
};

/// The program has nothing more to do: the text goes to stdout (code 0) or stderr.
struct early_exit {
  int code = 0;
  std::string text;
};

inline constexpr int usage_exit_code = 64;

std::variant<options, early_exit> parse_command_line(int count, const char* const* words);

}  // namespace naild::daemon
