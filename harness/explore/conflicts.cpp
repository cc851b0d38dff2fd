#include "harness/explore/conflicts.hpp"

#include <fmt/core.h>

#include "harness/explore/schedule.hpp"

namespace nailbiter::explore {
namespace {

std::string side_text(const std::tuple<std::string_view, naild::task::step_kind>& side) {
  return fmt::format("{} {}", std::get<0>(side), name_of(std::get<1>(side)));
}

}  // namespace

void step_log::executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) {
  decides_.executed(done, touched, ready);
  for (const naild::task::resource_id resource : touched) {
    // Every timer meets the clock: such pairs say nothing.
    if (resource == 0 || resource == naild::task::clock_resource) continue;
    entries_.push_back({.step = steps_, .strand = done.strand, .kind = done.label.kind, .resource = resource});
  }
  ++steps_;
  if (ask_) events_after_.push_back(static_cast<std::uint32_t>(ask_()));
}

std::vector<resource_use> step_log::uses(const std::vector<strand_tag>& strands) const {
  std::map<resource_use, std::uint32_t> counts;
  std::vector<resource_use> uses;
  for (const entry& each : entries_) {
    const strand_tag whose = each.strand < strands.size() ? strands[each.strand] : strand_tag{};
    resource_use use{.session = whose.session, .strand = std::string(whose.name), .kind = each.kind, .resource = each.resource};
    use.nth = counts[use]++;
    uses.push_back(std::move(use));
  }
  return uses;
}

std::string name_of(naild::task::resource_id resource) {
  if (resource < 0x100u) return part_name(part_of(resource));
  return fmt::format("{} of session {}", part_name(part_of(resource)), (resource - 0x100u) / 16u);
}

void conflict_coverage::add(const std::vector<step_log::entry>& entries, const std::vector<strand_tag>& strands) {
  std::map<naild::task::resource_id, step_log::entry> last;
  const auto side_of = [&](const step_log::entry& each) {
    return side{each.strand < strands.size() ? strands[each.strand].name : std::string_view("?"), each.kind};
  };
  for (const step_log::entry& now : entries) {
    const auto [found, is_first] = last.try_emplace(now.resource, now);
    if (is_first) continue;
    if (found->second.strand != now.strand) seen_.emplace(part_of(now.resource), side_of(found->second), side_of(now));
    found->second = now;
  }
}

conflict_coverage::figures conflict_coverage::count() const {
  figures all;
  for (const auto& [part, first, second] : seen_) {
    const bool both = seen_.contains(pair{part, second, first});
    // A pair that was seen in both orders lies in the set twice; it counts where its sides are sorted.
    if (both && second < first) continue;
    ++all.pairs;
    if (both) ++all.both_orders;
  }
  return all;
}

std::vector<std::string> conflict_coverage::one_order_only() const {
  std::vector<std::string> lines;
  for (const auto& [part, first, second] : seen_) {
    if (seen_.contains(pair{part, second, first})) continue;
    lines.push_back(fmt::format("{}: {} > {}", part_name(part), side_text(first), side_text(second)));
  }
  return lines;
}

}  // namespace nailbiter::explore
