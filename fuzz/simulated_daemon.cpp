// Fuzz target: the whole simulated daemon under any bytes and any schedule. The input is cut in three: a byte of how many
// wild clients there are, who else is there and what limits the daemon has; what each wild client sends, in pieces, and
// how it leaves; then the schedule, a byte a decision. The good clients must get their output and their code, a wild one
// that stays to the end its `X`, and nobody may be left waiting.

#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/fuzz_input.hpp"
#include "harness/check/verdict.hpp"
#include "harness/explore/strategy.hpp"
#include "harness/history/event.hpp"
#include "harness/target/sim_target.hpp"

namespace {

using fuzz::require;
using namespace nailbiter;
using plan::op_kind;

/// Decides by the input's bytes; afterwards the oldest step goes first.
class bytes_decide final : public explore::strategy {
 public:
  explicit bytes_decide(fuzz::fuzz_input& from) noexcept : from_(from) {}

  void begin(std::uint64_t) override {}
  std::size_t next(std::span<explore::runnable> ready) override { return from_.byte() % ready.size(); }
  std::uint32_t choose(std::uint32_t bound) override { return from_.byte() % bound; }

 private:
  fuzz::fuzz_input& from_;
};

// A piece is a length byte and so many bytes; a length of 0 ends them, and the next byte says how the client leaves.
std::vector<plan::op> wild_ops(fuzz::fuzz_input& input) {
  std::vector<plan::op> ops;
  while (const std::uint8_t length = input.byte()) {
    ops.push_back({.kind = op_kind::send, .text = std::string(input.take(length))});
  }
  constexpr op_kind leaving[] = {op_kind::half_close, op_kind::close, op_kind::reset};
  ops.push_back({.kind = leaving[input.byte() % std::size(leaving)]});
  if (ops.back().kind == op_kind::half_close) ops.push_back({.kind = op_kind::until_closed});
  return ops;
}

// Somebody with a pipe, a process or a cancel of its own.
plan::client companion(std::uint8_t choice) {
  switch (choice % 4) {
    case 1:
      return {.name = "reader", .script = {"cat", "exit 3"}, .stdin_from = plan::stdin_source::text, .stdin_text = "to be read back", .stdin_chunk_bytes = 4};
    case 2: return {.name = "process", .script = {"stream 1 300", "stream 2 200", "exit 9"}, .as_program = true};
    case 3:
      return {.name = "leaving", .script = {"out x", "hang"}, .ops = {{.kind = op_kind::until_stdout, .number = 1}, {.kind = op_kind::half_close}},
              .expect = {.ends = plan::ending::cancelled}};
    default: return {.name = "slow", .script = {"stream 1 700", "stream 2 100", "exit 255"}, .read_bytes_per_step = 16};
  }
}

std::vector<std::string> daemon_args(std::uint8_t choice) {
  switch (choice % 4) {
    case 1: return {"--runs-max=1"};
    case 2: return {"--output-bytes-max=64", "--stdin-bytes-max=64"};
    case 3: return {"--chunk-bytes-max=64", "--header-bytes-max=256", "--env-max=4"};
    default: return {};
  }
}

constexpr std::size_t wild_max = 3;

plan::plan plan_of(fuzz::fuzz_input& input) {
  const std::uint8_t setup = input.byte();
  plan::plan made{.case_id = "fuzz/simulated-daemon", .transport = "sim", .daemon_args = daemon_args(setup >> 4)};
  for (std::size_t i = 0; i <= setup % wild_max; ++i) {
    made.clients.push_back({.name = "wild" + std::to_string(i), .header = false, .ops = wild_ops(input), .expect = {.ends = plan::ending::no_answer}});
  }
  made.clients.push_back({.name = "good", .script = {"stream 1 300", "exit 7"}});
  if (setup >= 128) made.clients.push_back(companion(setup >> 2));
  return made;
}

// The checkers see to framing and to a second `X`, but a client that asks for no answer may go without one. A session may not.
void judge_wild(const history::history& observed) {
  std::vector<bool> told(observed.what.clients.size());
  for (const history::event& what : observed.events) {
    if (what.kind == history::event_kind::received_chunk && what.type == 'X') told[what.actor] = true;
  }
  for (std::size_t i = 0; i < told.size(); ++i) {
    const plan::client& who = observed.what.clients[i];
    const bool stays = !who.ops.empty() && who.ops.back().kind == op_kind::until_closed;
    require(who.header || !stays || told[i], "who stays to the end is told one `X`");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static target::simulated_target subject;  // its memory is used again
  fuzz::fuzz_input input(data, size);
  const plan::plan what = plan_of(input);
  bytes_decide decides(input);
  target::case_result seen = subject.run(what, decides, 1);
  if (seen.summary.result != check::outcome::pass) std::fputs((seen.summary.detail + '\n').c_str(), stderr);
  require(seen.summary.result == check::outcome::pass, "a wild client hurts nobody");
  judge_wild(seen.observed);
  subject.recycle(std::move(seen));
  return 0;
}
