#include "harness/command/exit_code.hpp"

#include <algorithm>

namespace nailbiter::command {

exit_code exit_code_of(const report::campaign& all, harness_state harness) {
  if (harness == harness_state::faulty) return exit_code::harness_fault;
  if (all.interrupted) return exit_code::interrupted;
  const auto leaks = [](const report::case_record& one) { return one.leak && one.against_known != report::standing::known; };
  if (std::any_of(all.cases.begin(), all.cases.end(), leaks)) return exit_code::leak;
  const auto sum = report::tally(all);
  if (sum.fail + sum.unexpected_pass != 0) return exit_code::nonconformant;
  const bool nothing_executed = sum.pass + sum.known == 0;
  return sum.unknown != 0 || nothing_executed || !all.stopped.empty() ? exit_code::unknown : exit_code::holds;
}

}  // namespace nailbiter::command
