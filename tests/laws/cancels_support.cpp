#include <numeric>
#include <utility>

#include "harness/plan/expected_output.hpp"
#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {

using plan::op_kind;

namespace {

rc::Gen<op_kind> a_way_to_leave() { return rc::gen::elementOf(std::vector<op_kind>{op_kind::half_close, op_kind::close, op_kind::reset}); }

/// Beside the victim a bystander, after it a successor: what both observe alone, and what they must observe here.
class witnesses {
 public:
  explicit witnesses(subject& held_by)
      : held_by_(held_by),
        bystander_(*a_client("b")),
        successor_(*a_client("s")),
        bystander_alone_(alone(held_by, bystander_)),
        successor_alone_(alone(held_by, successor_)) {
    successor_.starts_after = "v";
  }

  void see(plan::client victim, std::uint64_t seed) const {
    const played with = held_by_.play(plan_of({bystander_, std::move(victim), successor_}), seed);
    require_same("a cancelled neighbour must not be noticed", bystander_alone_, 0, with, 0);
    require_same("a cancelled predecessor must leave nothing behind", successor_alone_, 0, with, 2);
  }

 private:
  subject& held_by_;
  plan::client bystander_;
  plan::client successor_;
  played bystander_alone_;
  played successor_alone_;
};

plan::client cut_after(const std::string& header, std::size_t bytes, op_kind leaves) {
  plan::client victim;
  victim.name = "v";
  victim.header = false;
  if (bytes > 0) victim.ops.push_back({.kind = op_kind::send, .text = header.substr(0, bytes)});
  victim.ops.push_back({.kind = leaves});
  return victim;
}

}  // namespace

void a_header_cut_anywhere_changes_no_neighbour(subject& held_by) {
  const witnesses around(held_by);
  const auto chunks = header_chunks(*a_client("v", waits::never));
  const std::string header = std::accumulate(chunks.begin(), chunks.end(), std::string());
  const std::uint64_t seed = *a_seed().as("first seed");
  const op_kind leaves = *a_way_to_leave();
  std::size_t boundary = 0;
  for (std::size_t i = 0; i <= chunks.size(); ++i) {
    around.see(cut_after(header, boundary, leaves), seed + i);
    if (i < chunks.size()) boundary += chunks[i].size();
  }
  std::vector<std::size_t> bytes = *rc::gen::container<std::vector<std::size_t>>(4, rc::gen::inRange<std::size_t>(0, header.size() + 1));
  const bool every_byte = *rc::gen::weightedElement<bool>({{19, false}, {1, true}}).as("cut after every byte");
  if (every_byte) {
    bytes.resize(header.size());
    std::iota(bytes.begin(), bytes.end(), std::size_t(0));
  }
  for (const std::size_t byte : bytes) around.see(cut_after(header, byte, leaves), seed + byte);
}

void a_cancelled_run_changes_no_neighbour(subject& held_by) {
  const witnesses around(held_by);
  plan::client victim = *a_client("v", waits::never);
  if (victim.script.back().starts_with("exit")) victim.script.pop_back();
  victim.script.emplace_back("hang");
  victim.expect.ends = plan::ending::cancelled;
  if (*rc::gen::arbitrary<bool>().as("leaves only once it has started")) victim.ops.push_back({.kind = op_kind::until_started});
  const std::size_t output = plan::expected_of(victim).out.text.size();
  const auto point = *rc::gen::inRange<std::uint64_t>(0, output + 1).as("bytes of output before it leaves");
  victim.ops.push_back({.kind = op_kind::until_stdout, .number = point});
  victim.ops.push_back({.kind = *a_way_to_leave()});
  around.see(std::move(victim), *a_seed().as("seed"));
}

}  // namespace nailbiter::laws
