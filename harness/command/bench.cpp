#include <fmt/core.h>

#include "harness/bench/comparison.hpp"
#include "harness/bench/floor.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/data_folder.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/target/interruption.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text) {
  to.err << "nailbiter bench: " << text << '\n';
  return exit_code::harness_fault;
}

}  // namespace

exit_code execute(const bench_options& how, terminal to) {
  if (!how.floor_socket.empty()) return complain(to, bench::serve_floor(how.floor_socket));
  bench::settings settings{.naild = program_folder() / "naild", .floor_argv = {program_folder() / "nailbiter", "bench", "--serve-floor"}};
  settings.rounds = how.rounds;
  target::interruption stop;
  settings.keep_going = [&stop] { return !stop.taken(); };
  const auto figures = bench::compare(settings);
  if (!figures) return complain(to, figures.error());
  to.out << bench::table_of(*figures);
  if (!how.json.empty()) {
    const auto written = report::write_atomically(how.json, bench::json_of(*figures));
    if (!written) return complain(to, written.error());
  }
  if (stop.taken()) return exit_code::interrupted;
  for (const auto& one : *figures) {
    if (!bench::holds(one)) return exit_code::nonconformant;
  }
  return exit_code::holds;
}

}  // namespace nailbiter::command
