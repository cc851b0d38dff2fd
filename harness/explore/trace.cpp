#include "harness/explore/trace.hpp"

namespace nailbiter::explore {
namespace {

class fnv1a {
 public:
  void add(std::uint64_t value, int byte_count) noexcept {
    for (int i = 0; i < byte_count; ++i) {
      state_ = (state_ ^ (value & 0xffu)) * 0x100000001b3u;
      value >>= 8;
    }
  }
  std::uint64_t value() const noexcept { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325u;
};

}  // namespace

std::uint64_t hash_of(std::span<const trace_step> steps, std::span<const data_choice> choices, std::uint64_t end_ns) {
  fnv1a hash;
  for (const trace_step& step : steps) {
    hash.add(step.strand, 2);
    hash.add(step.chosen, 2);
    hash.add(step.ready, 2);
    hash.add(static_cast<std::uint8_t>(step.kind), 1);
    hash.add(step.part, 1);
  }
  for (const data_choice& choice : choices) {
    hash.add(choice.value, 1);
    hash.add(choice.bound, 1);
  }
  hash.add(end_ns, 8);
  return hash.value();
}

}  // namespace nailbiter::explore
