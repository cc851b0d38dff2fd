#include "harness/command/command_line.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "harness/command/argument_words.hpp"
#include "harness/command/exit_code.hpp"
#include "harness/command/help_text.hpp"
#include "harness/command/sub_commands.hpp"

namespace nailbiter::command {
namespace {

constexpr const char* exec_belongs = "nailbiter: --exec belongs to run, probe, replay, lift, verify-fix or globals and names a command";

/// Null: the sub-command has nothing to do with a target.
target_choice* target_of(options& asked) {
  return std::visit(
      [](auto& each) -> target_choice* {
        if constexpr (requires { each.against; }) return &each.against;
        return nullptr;
      },
      asked);
}

bool has_sub_command(CLI::App& app, const std::string& name) {
  return !app.get_subcommands([&name](const CLI::App* sub) { return sub->check_name(name); }).empty();
}

/// `help`: the words after which nailbiter explains itself.
answer wrong_usage(const std::string& text, const std::string& help) {
  return {static_cast<int>(exit_code::usage), text + "\nTry 'nailbiter " + help + "'.\n"};
}

}  // namespace

std::variant<options, answer> parse(int argc, const char* const* argv) {
  CLI::App app(program_help, "nailbiter");
  app.require_subcommand(1);
  app.footer(program_examples);
  app.set_version_flag("--version", program_version);
  const std::vector<sub_command> all = add_sub_commands(app);

  auto [words, exec, has_exec] = split_at_exec(argc, argv);
  const std::string first = words.empty() ? "" : words.front();
  const bool is_known = has_sub_command(app, first);
  const auto usage = [help = is_known ? first + " --help" : "--help"](const std::string& text) { return wrong_usage(text, help); };
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, err;
    if (app.exit(error, out, err) == 0) return answer{0, out.str()};
    const bool names_none = is_known || first.empty() || first.starts_with('-');
    return usage(names_none ? std::string("nailbiter: ") + error.what() : "nailbiter: no sub-command '" + first + "'");
  }
  options asked = std::move(*std::ranges::find_if(all, [](const sub_command& each) { return each.app->parsed(); })->asked);
  target_choice* const against = target_of(asked);
  if (has_exec && (against == nullptr || exec.empty())) return usage(exec_belongs);
  if (has_exec && !(against->target.empty() && against->connect.empty())) return usage("nailbiter: --exec excludes --target and --connect");
  if (against != nullptr) against->exec = std::move(exec);
  if (std::holds_alternative<probe_options>(asked) && is_of_nobody(*against)) {
    return usage("nailbiter: --puppet and --program say how a daemon is made to do something: say which, with --exec, --connect or --target");
  }
  if (auto* run = std::get_if<run_options>(&asked)) run->command_line = shell_line(argc, argv);
  return asked;
}

}  // namespace nailbiter::command
