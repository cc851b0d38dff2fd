#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/scenario/list_json.hpp"

namespace nailbiter::command {

exit_code execute(const list_options& how, terminal to) {
  const auto all = catalogue::load(how.which);
  if (!all) {
    to.err << "nailbiter: " << all.error().text << '\n';
    return all.error().code;
  }
  if (how.json) {
    to.out << scenario::list_json(all->cases());
    return exit_code::holds;
  }
  for (const auto& one : all->cases()) to.out << one.what.case_id << '\n';
  return exit_code::holds;
}

}  // namespace nailbiter::command
