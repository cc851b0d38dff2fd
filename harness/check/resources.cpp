#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

// Fewer rounds show no slope: a pool that fills, or one more idle thread, is no leak.
constexpr std::size_t rounds_min = 4;

constexpr std::size_t late_one_in = 5;
constexpr std::string_view daemons_memory = "rss_kib";  // without its children's

/// The least growth a round that counts. Memory is given in steps of pages and allocators' blocks.
std::int64_t step_min(std::string_view resource) {
  if (resource.ends_with("_bytes")) return 64 * 1024;
  if (resource.ends_with("_kib") || resource.ends_with("_kb")) return 64;
  return 1;
}

/// What of each round was there to stay. What is counted one by one may be seen a moment too early, before the daemon has
/// met the end of the round: what is fewer later was not left behind.
std::vector<std::int64_t> lasting(const context& given, const std::vector<event_index>& rounds, std::int64_t step) {
  std::vector<std::int64_t> values;
  for (const event_index at : rounds) values.push_back(given.event(at).number);
  for (std::size_t i = values.size() - 1; step == 1 && i > 0; --i) values[i - 1] = std::min(values[i - 1], values[i]);
  return values;
}

/// Does it grow in every round of the second half? What is counted one by one may be seen a moment early or late: there
/// the half as a whole must have grown by so much, but for one in so many, and not by few jumps.
bool grows(const context& given, const std::vector<event_index>& rounds, std::int64_t step) {
  if (rounds.size() < rounds_min) return false;
  const auto values = lasting(given, rounds, step);
  const std::size_t middle = rounds.size() / 2;
  const auto half = static_cast<std::int64_t>(rounds.size() - middle);
  std::int64_t rises = 0;
  for (std::size_t i = middle; i < values.size(); ++i) rises += values[i] - values[i - 1] >= step ? 1 : 0;
  const std::int64_t late = step == 1 ? half / late_one_in : 0;
  if (late == 0) return rises == half;
  return rises * 2 > half && values.back() - values[middle - 1] >= half - late;
}

/// More memory than the case allows, at any moment that was looked at.
verdict judge_peak(const context& given, const std::vector<event_index>& seen) {
  const auto allowed = static_cast<std::int64_t>(given.intended.what.memory_growth_kib_max);
  if (allowed == 0) return found_nothing(false);
  const auto growth = [&](event_index at) { return given.event(at).number - given.event(seen.front()).number; };
  const event_index highest = *std::ranges::max_element(seen, {}, growth);
  if (growth(highest) <= allowed) return found_nothing(seen.size() > 1);
  const auto detail = "the daemon's memory grew by " + std::to_string(growth(highest)) + " KiB, where " +
                      std::to_string(allowed) + " are allowed";
  return failed(reason::resources_grow, detail, {seen.front(), highest});
}

/// The simulator's count of the daemon's sessions when all clients have gone and nothing can happen any more.
verdict judge_last_session(const context& given) {
  if (given.seen.quiescent != absent || given.seen.deadline != absent || given.observed.events.empty())
    return found_nothing(false);
  const event_index last = given.observed.events.size() - 1;
  const history::event& what = given.event(last);
  if (what.kind != history::event_kind::census || what.text != "sessions") return found_nothing(false);
  if (what.number == 0) return found_nothing(true);
  return failed(reason::resources_grow, std::to_string(what.number) + " sessions are left when all clients have gone",
                {last});
}

}  // namespace

/// A sanitizer's own memory grows with what the daemon has touched, so that memory says nothing then.
bool memory_counts(const context& given) {
  return std::ranges::none_of(given.observed.events,
                              [](const history::event& one) { return one.kind == history::event_kind::sanitizer_watches; });
}

// Slopes are judged in the cases that ask for rounds; a session that nobody has any more, in all.
verdict judge_resources(const context& given) {
  if (!given.intended.counts_resources) return judge_last_session(given);
  std::map<std::string_view, std::vector<event_index>> series;
  for (event_index at = 0; at < given.observed.events.size(); ++at) {
    const history::event& what = given.event(at);
    if (what.kind == history::event_kind::census) series[what.text].push_back(at);
  }
  if (!memory_counts(given)) std::erase_if(series, [](const auto& each) { return step_min(each.first) > 1; });
  bool looked = false;
  for (const auto& [resource, rounds] : series) {
    looked |= rounds.size() >= rounds_min;
    if (resource == daemons_memory) {
      const verdict peak = judge_peak(given, rounds);
      if (peak.result == outcome::fail) return peak;
      looked |= peak.result == outcome::pass;
    }
    if (!grows(given, rounds, step_min(resource))) continue;
    const auto detail = std::string(resource) + " grew from " + std::to_string(given.event(rounds.front()).number) +
                        " to " + std::to_string(given.event(rounds.back()).number) + " in " +
                        std::to_string(rounds.size()) + " rounds";
    return failed(reason::resources_grow, detail, rounds);
  }
  const verdict last = judge_last_session(given);
  return last.result == outcome::fail ? last : found_nothing(looked);
}

}  // namespace nailbiter::check
