// Fuzz target: what nailbiter and naild read from files that others wrote. The first byte names the parser, the rest is the file.
// No input crashes; what was understood is written and read again, and is the same.

#include <sstream>
#include <string>

#include "fuzz/fuzz_input.hpp"
#include "harness/explore/schedule.hpp"
#include "harness/history/history_text.hpp"
#include "harness/plan/plan_json.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/known_failures.hpp"
#include "harness/scenario/profile.hpp"
#include "harness/scenario/scenario_reader.hpp"
#include "reference/daemon/config_file.hpp"

namespace {

using fuzz::require;
using namespace nailbiter;

// What was understood is written and read again: the second writing is the first one.
void read_twice(std::string_view text, auto read, auto write, const char* law) {
  const auto first = read(text);
  if (!first) return;
  const std::string written = write(*first);
  const auto again = read(std::string_view(written));
  require(again && write(*again) == written, law);
}

void read_history(std::string_view text) {
  const auto read = [](std::string_view from) { return history::from_text(from); };
  read_twice(text, read, [](const history::history& what) { return history::to_text(what); }, "a history survives its text");
}

void read_configuration(std::string_view text) {
  std::istringstream file{std::string(text)};
  (void)naild::daemon::parse_configuration(file);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::fuzz_input input(data, size);
  const std::uint8_t kind = input.byte();
  const std::string_view text = input.rest();
  switch (kind) {
    case 's': (void)scenario::parse_scenario(text, "fuzz.toml"); break;
    case 'p': (void)scenario::parse_profile(text, "fuzz.toml"); break;
    case 'k': (void)scenario::parse_known_failures(text, "fuzz.toml"); break;
    case 'h': read_history(text); break;
    case 'j': read_twice(text, plan::from_json, plan::to_json, "a plan survives its text"); break;
    case 'd': read_twice(text, explore::parse_schedule, explore::to_binary, "a schedule survives its bytes"); break;
    case 'c': read_configuration(text); break;
    default: break;
  }
  return 0;
}
