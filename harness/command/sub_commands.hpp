#pragma once

// How each sub-command's options are spelled, and what its help says. Decides nothing.

#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "harness/command/options.hpp"

namespace nailbiter::command {

struct sub_command {
  CLI::App* app = nullptr;           // parsed() after app.parse(): it is the one that was asked for
  std::unique_ptr<options> asked{};  // what it is told by then
};

/// In the order of the program's help. They belong to `app`, and write into `asked` when it parses.
std::vector<sub_command> add_sub_commands(CLI::App& app);

}  // namespace nailbiter::command
