#include "harness/explore/calm_order.hpp"

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

std::size_t calm_order::index_of(std::span<const runnable> ready, std::size_t rank) const noexcept {
  const special at = find(ready);
  if (at.first != none && rank-- == 0) return at.first;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (i != at.first && i != at.last && rank-- == 0) return i;
  }
  return at.last;
}

std::size_t calm_order::rank_of(std::span<const runnable> ready, std::size_t index) const noexcept {
  const special at = find(ready);
  if (index == at.first) return 0;
  if (index == at.last) return ready.size() - 1;
  std::size_t rank = at.first != none ? 1 : 0;
  for (std::size_t i = 0; i < index; ++i) {
    if (i != at.first && i != at.last) ++rank;
  }
  return rank;
}

}  // namespace nailbiter::explore
