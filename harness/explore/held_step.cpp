#include "harness/explore/held_step.hpp"

#include <algorithm>

namespace nailbiter::explore {

held_step::held_step(const schedule& record, std::size_t held, std::optional<std::size_t> awaited)
    : record_(record), held_(held), awaited_(awaited), places_(record.strands.size()) {
  for (std::size_t i = 0; i < record.steps.size(); ++i) places_[record.steps[i].strand].push_back(i);
}

void held_step::begin(std::uint64_t) {
  counts_.assign(places_.size(), 0);
  choice_ = 0;
  released_ = is_reversed_ = false;
}

std::size_t held_step::place_of(strand_id strand) const {
  if (strand >= places_.size() || counts_[strand] >= places_[strand].size()) return nowhere;
  return places_[strand][counts_[strand]];
}

// What the record has first goes first: that is the record itself until a step is held, and its order afterwards.
std::size_t held_step::next(std::span<runnable> ready) {
  const auto sooner = [this](const runnable& one, const runnable& other) {
    if (const bool one_held = holds(one.strand), other_held = holds(other.strand); one_held != other_held) return other_held;
    return place_of(one.strand) < place_of(other.strand);
  };
  return static_cast<std::size_t>(std::ranges::min_element(ready, sooner) - ready.begin());
}

void held_step::executed(const runnable& done, std::span<const naild::task::resource_id>, std::span<runnable>) {
  const std::size_t place = place_of(done.strand);
  if (place == held_) released_ = true;
  if (awaited_ && place == *awaited_ && !released_) {
    // A strand that was made later than the held step may have another's number.
    const trace_step& wanted = record_.steps[place];
    is_reversed_ = wanted.kind == done.label.kind && wanted.part == part_of(done.label.resource);
    released_ = true;
  }
  if (done.strand < counts_.size()) ++counts_[done.strand];
}

std::uint32_t held_step::choose(std::uint32_t bound) {
  const std::uint32_t wanted = choice_ < record_.choices.size() ? record_.choices[choice_].value : 0;
  ++choice_;
  return wanted < bound ? wanted : 0;
}

}  // namespace nailbiter::explore
