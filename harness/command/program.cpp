#include <exception>

#include "harness/command/command_line.hpp"
#include "harness/command/commands.hpp"

namespace nailbiter::command {

int run_program(int argc, const char* const* argv, terminal to) {
  const auto parsed = parse(argc, argv);
  if (const auto* said = std::get_if<answer>(&parsed)) {
    (said->exit_code == 0 ? to.out : to.err) << said->text;
    return said->exit_code;
  }
  try {
    const auto code = std::visit([&](const auto& how) { return execute(how, to); }, std::get<options>(parsed));
    to.out.flush();
    return static_cast<int>(code);
  } catch (const std::exception& fault) {
    to.err << "nailbiter: fault of the harness: " << fault.what() << '\n';
    return static_cast<int>(exit_code::harness_fault);
  }
}

}  // namespace nailbiter::command
