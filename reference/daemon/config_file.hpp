#pragma once

// naild's configuration file (TOML) as values: options under their names on the command line, and commands that run a
// program. Knows no option.

#include <istream>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "reference/base/bytes.hpp"

namespace naild::daemon {

/// `[commands.NAME] exec = [PROGRAM, ARGS...]`: the run's arguments come behind these. Never empty.
struct configured_command {
  base::bytes name;
  std::vector<base::bytes> exec;

  friend bool operator==(const configured_command&, const configured_command&) = default;
};

struct configured_option {
  std::string name;  // without dashes
  std::vector<std::string> values;

  friend bool operator==(const configured_option&, const configured_option&) = default;
};

struct configuration {
  std::vector<configured_option> options;
  std::vector<configured_command> commands;
};

/// The error says where, as far as anybody knows, and what would be right: "line 3: ...".
tl::expected<configuration, std::string> parse_configuration(std::istream& text);

}  // namespace naild::daemon
