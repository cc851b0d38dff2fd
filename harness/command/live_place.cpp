#include "harness/command/live_place.hpp"

#include "harness/command/build_identity.hpp"

namespace nailbiter::command {

std::string live_place(const std::string& name, target::live_target& target, const plan::plan& what) {
  const auto pid = target.pid_for(what);
  const auto program = pid ? program_of(*pid) : std::string();
  return name + ", live" + (program.empty() ? "" : ", " + program);
}

}  // namespace nailbiter::command
