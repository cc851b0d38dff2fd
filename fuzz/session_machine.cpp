// Fuzz target: the session machine under any sequence of events, each step held against the golden table and the model of
// what its reactions mean; and the laws of a whole session, whatever a table says.

#include <algorithm>
#include <array>
#include <bitset>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "fuzz/fuzz_input.hpp"
#include "fuzz/session_events.hpp"
#include "fuzz/session_pair.hpp"

namespace {

using fuzz::require;
using namespace naild::session;

bool ends_the_input(event_kind kind) {
  return kind == event_kind::half_closed || kind == event_kind::gone || kind == event_kind::heartbeat_timed_out || kind == event_kind::unknown_chunk ||
         kind == event_kind::chunk_too_long;
}

/// What a log shows of events and actions; the first of each kind in an input, for formatting is slow.
class log_lines {
 public:
  void show(const event& what) { show(events_, static_cast<std::size_t>(what.kind), what); }
  void show(const action& what) { show(actions_, static_cast<std::size_t>(what.kind), what); }

 private:
  static void show(std::bitset<32>& shown, std::size_t kind, const auto& what) {
    if (shown.test(kind)) return;
    shown.set(kind);
    const std::string line = to_string(what);
    const bool is_plain = std::ranges::all_of(line, [](char c) { return c >= ' ' && c < 0x7f; });
    require(!line.empty() && line.size() < 300 && is_plain, "events and actions are shown in one line of plain characters");
  }

  std::bitset<32> events_;
  std::bitset<32> actions_;
};

struct observer {
  std::array<int, static_cast<std::size_t>(action_kind::close) + 1> counts{};

  int& of(action_kind kind) { return counts[static_cast<std::size_t>(kind)]; }

  void see(const action& what) {
    require(of(action_kind::close) == 0, "nothing is asked after close");
    if (of(action_kind::send_exit) != 0) require(what.kind == action_kind::stop_reading || what.kind == action_kind::close, "nothing is sent after exit");
    const bool for_nail = what.kind == action_kind::feed_stdin || what.kind == action_kind::grant_stdin || what.kind == action_kind::end_stdin;
    if (for_nail) require(of(action_kind::start_nail) == 1 && of(action_kind::end_stdin) == 0, "stdin only between start and its end");
    if (what.kind == action_kind::cancel_nail) require(of(action_kind::start_nail) == 1, "only a started nail is cancelled");
    ++of(what.kind);
    const bool is_repeatable = what.kind == action_kind::feed_stdin || what.kind == action_kind::grant_stdin || what.kind == action_kind::send_stderr;
    require(is_repeatable || of(what.kind) == 1, "each single thing at most once");
    require(of(action_kind::send_stderr) <= 2, "at most a cancel and a violation are told");
  }
};

fuzz::session_table read_golden() {
  std::ifstream file(FUZZ_SESSION_TABLE);
  const auto table = fuzz::session_table::parse(std::string{std::istreambuf_iterator<char>(file), {}});
  if (!table) std::fprintf(stderr, "%s: %s\n", FUZZ_SESSION_TABLE, table.error().c_str());
  require(table.has_value(), "there is a table to hold the machine against");
  const auto written = fuzz::session_table::parse(table_text());
  require(written && *written == *table, "the daemon's table, written and read, is that one");
  return *table;
}

const fuzz::session_table& golden() {
  static const fuzz::session_table table = read_golden();
  return table;
}

struct session {
  explicit session(const fuzz::step& first) : subject(golden(), first.bounds, first.grant) {}

  void tell(event what, log_lines& lines) {
    lines.show(what);
    const state before = subject.now();
    const event_kind kind = what.kind;
    const auto difference = subject.tell(std::move(what));
    if (difference) std::fprintf(stderr, "%s\n", difference->c_str());
    require(!difference, "the machine does what its table says");
    for (const action& asked : subject.actions()) {
      lines.show(asked);
      seen.see(asked);
    }
    require(subject.now() >= before, "a session never goes back");
    if (before == state::running && ends_the_input(kind)) require(seen.of(action_kind::cancel_nail) == 1, "every end of the input cancels");
    require((subject.now() == state::closed) == (seen.of(action_kind::close) == 1), "closed means close was asked");
  }

  fuzz::session_pair subject;
  observer seen;
};

std::size_t put(const std::string& events, std::uint8_t* out) {
  std::ranges::copy(events, out);
  return events.size();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::fuzz_input input(data, size);
  std::optional<session> one(fuzz::first_session());
  log_lines lines;
  while (!input.empty()) {
    fuzz::step next = fuzz::next_step(input);
    if (next.what) one->tell(std::move(*next.what), lines);
    else one.emplace(next);
  }
  return 0;
}

// libFuzzer edits events, not bytes.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max, unsigned seed) {
  std::minstd_rand random(seed);
  return put(fuzz::mutated(std::string(data, data + size), size_max, random), data);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* left, std::size_t left_size, const std::uint8_t* right,
                                                 std::size_t right_size, std::uint8_t* out, std::size_t size_max, unsigned seed) {
  std::minstd_rand random(seed);
  return put(fuzz::crossed(fuzz::fuzz_input(left, left_size).rest(), fuzz::fuzz_input(right, right_size).rest(), size_max, random), out);
}
