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

void read_history(std::string_view text) {
  const auto read = history::from_text(text);
  if (!read) return;
  const auto again = history::from_text(history::to_text(*read));
  require(again && history::to_text(*again) == history::to_text(*read), "a history survives its text");
}

void read_plan(std::string_view text) {
  const auto read = plan::from_json(text);
  if (!read) return;
  const auto again = plan::from_json(plan::to_json(*read));
  require(again && *again == *read, "a plan survives its text");
}

void read_schedule(std::string_view text) {
  const auto read = explore::parse_schedule(text);
  if (!read) return;
  const auto again = explore::parse_schedule(explore::to_binary(*read));
  require(again && explore::to_binary(*again) == explore::to_binary(*read), "a schedule survives its bytes");
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
    case 'j': read_plan(text); break;
    case 'd': read_schedule(text); break;
    case 'c': read_configuration(text); break;
    default: break;
  }
  return 0;
}
