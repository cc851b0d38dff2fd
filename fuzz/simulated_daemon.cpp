// Fuzz target: the whole simulated daemon under any bytes and any schedule. The input is cut in two: what a wild client
// sends, in pieces, and how it leaves; then the schedule, a byte a decision. A good client beside it must get its output
// and its code, and nobody may be left waiting.

#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/fuzz_input.hpp"
#include "harness/check/verdict.hpp"
#include "harness/explore/strategy.hpp"
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

plan::plan plan_of(fuzz::fuzz_input& input) {
  plan::plan made{.case_id = "fuzz/simulated-daemon", .transport = "sim"};
  made.clients.push_back({.name = "wild", .header = false, .ops = wild_ops(input), .expect = {.ends = plan::ending::no_answer}});
  made.clients.push_back({.name = "good", .script = {"stream 1 300", "exit 7"}});
  return made;
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
  subject.recycle(std::move(seen));
  return 0;
}
