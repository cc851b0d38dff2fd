#include "harness/explore/anchors.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace nailbiter::explore {

unsigned schedule_match::percent() const noexcept {
  if (exact) return 100;
  const std::size_t all = std::max(recorded, ran);
  return all == 0 ? 0 : static_cast<unsigned>(std::min<std::size_t>(99, 100 * matched / all));
}

std::string to_string(const schedule_match& what) {
  if (what.exact) return fmt::format("the recorded schedule was followed to the letter ({} steps)", what.recorded);
  return fmt::format("{} % of the recorded schedule matched ({} of {} steps in order, {} ran): this is another execution", what.percent(),
                     what.matched, what.recorded, what.ran);
}

namespace {

/// Names further strands, in the order of their making.
void name_strands(std::vector<step_family>& named, const auto& strands) {
  for (std::size_t id = named.size(); id < strands.size(); ++id) {
    const auto& whose = strands[id];
    const auto before = std::ranges::count_if(named, [&](const step_family& other) { return other.session == whose.session && other.strand == whose.name; });
    named.push_back({.session = whose.session, .strand = std::string(whose.name), .nth_strand = static_cast<std::uint32_t>(before)});
  }
}

step_family with(step_family strand, naild::task::step_kind kind, std::uint8_t part) {
  strand.kind = kind;
  strand.part = part;
  return strand;
}

}  // namespace

anchored::anchored(const schedule& record, const trace& running) : record_(record), running_(running) {
  std::vector<step_family> strands;
  name_strands(strands, record.strands);
  std::map<step_family, std::uint32_t> counts;
  for (std::size_t place = 0; place < record.steps.size(); ++place) {
    const trace_step& step = record.steps[place];
    step_family family = with(strands.at(step.strand), step.kind, step.part);
    const std::uint32_t nth = counts[family]++;
    places_.emplace(anchor{std::move(family), nth}, place);
  }
}

void anchored::begin(std::uint64_t) {
  counts_.clear();
  strands_.clear();
  expected_ = matched_ = choice_ = 0;
}

step_family anchored::family_of(const runnable& what) {
  name_strands(strands_, running_.strands);
  return with(strands_.at(what.strand), what.label.kind, part_of(what.label.resource));
}

std::size_t anchored::place_of(const runnable& what) {
  const step_family family = family_of(what);
  const auto count = counts_.find(family);
  const auto found = places_.find(anchor{family, count == counts_.end() ? 0 : count->second});
  return found == places_.end() ? unknown : found->second;
}

std::size_t anchored::next(std::span<runnable> ready) {
  std::size_t best = 0;
  std::size_t best_place = unknown;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    const std::size_t place = place_of(ready[i]);
    if (place < best_place) best = i, best_place = place;
  }
  if (best_place == expected_ || expected_ >= record_.steps.size()) return best;
  // New steps of the strand whose turn it is stand before what is expected of it.
  const strand_entry& awaited = record_.strands.at(record_.steps[expected_].strand);
  for (std::size_t i = 0; i < ready.size(); ++i) {
    const step_family family = family_of(ready[i]);
    if (family.session == awaited.session && family.strand == awaited.name && place_of(ready[i]) == unknown) return i;
  }
  return best;
}

void anchored::executed(const runnable& done, std::span<const naild::task::resource_id>, std::span<runnable>) {
  const std::size_t place = place_of(done);
  ++counts_[family_of(done)];
  if (place == unknown || place < expected_) return;
  ++matched_;
  expected_ = place + 1;
}

std::uint32_t anchored::choose(std::uint32_t bound) {
  const std::size_t at = choice_++;
  return at < record_.choices.size() && record_.choices[at].value < bound ? record_.choices[at].value : 0;
}

schedule_match anchored::match() const {
  const auto same = [](const strand_tag& now, const strand_entry& then) { return now.session == then.session && now.name == then.name; };
  const bool exact = std::ranges::equal(running_.strands, record_.strands, same) && running_.steps == record_.steps && running_.choices == record_.choices && running_.end_ns == record_.end_ns;
  return {.matched = matched_, .recorded = record_.steps.size(), .ran = running_.steps.size(), .exact = exact};
}

}  // namespace nailbiter::explore
