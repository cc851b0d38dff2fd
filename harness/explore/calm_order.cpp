#include "harness/explore/calm_order.hpp"

#include <algorithm>

namespace nailbiter::explore {

calm_order::special calm_order::find(std::span<const runnable> ready) const noexcept {
  special found;
  const bool goes_on = last_ != clock_strand && turns_ < turns_max;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (ready[i].strand == clock_strand) found.last = i;
    if (goes_on && ready[i].strand == last_) found.first = i;
  }
  return found;
}

bool calm_order::is_held(strand_id strand) const noexcept { return std::ranges::find(held_, strand) != held_.end(); }

void calm_order::choose(std::span<const runnable> ready, std::size_t index) {
  const special at = find(ready);
  if (at.first != none && index != at.first && index != at.last) held_.push_back(last_);
}

std::size_t calm_order::index_of(std::span<const runnable> ready, std::size_t rank) const noexcept {
  const special at = find(ready);
  if (at.first != none && rank-- == 0) return at.first;
  for (const bool held : {false, true}) {
    for (std::size_t i = 0; i < ready.size(); ++i) {
      if (i != at.first && i != at.last && is_held(ready[i].strand) == held && rank-- == 0) return i;
    }
  }
  return at.last;
}

std::size_t calm_order::rank_of(std::span<const runnable> ready, std::size_t index) const noexcept {
  const special at = find(ready);
  if (index == at.first) return 0;
  if (index == at.last) return ready.size() - 1;
  const bool held = is_held(ready[index].strand);
  std::size_t rank = at.first != none ? 1 : 0;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (i == at.first || i == at.last) continue;
    const bool other_held = is_held(ready[i].strand);
    if (other_held == held ? i < index : !other_held) ++rank;
  }
  return rank;
}

}  // namespace nailbiter::explore
