#include "harness/explore/shrink.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace nailbiter::explore {
namespace {

std::size_t others_than_zero(const auto& values) {
  return static_cast<std::size_t>(std::ranges::count_if(values, [](auto value) { return value != 0; }));
}

template <class Values>
std::vector<std::size_t> places_of(const Values& values) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0) places.push_back(i);
  }
  return places;
}

class decisions_shrinker {
 public:
  decisions_shrinker(shrunk& now, const shrink_oracle& fails, std::uint64_t attempts_max)
      : now_(now), fails_(fails), attempts_max_(attempts_max) {}

  void shrink() {
    bool smaller = true;
    while (std::exchange(smaller, false)) {
      smaller |= zero_blocks(&decision_list::steps);
      smaller |= zero_blocks(&decision_list::choices);
      smaller |= lower(&decision_list::steps);
      smaller |= lower(&decision_list::choices);
    }
  }

 private:
  std::size_t weight() const { return others_than_zero(now_.decisions.steps) + others_than_zero(now_.decisions.choices); }

  bool accept(const decision_list& candidate) {
    if (now_.attempts >= attempts_max_) return false;
    ++now_.attempts;
    auto taken = fails_(now_.what, candidate);
    if (!taken) return false;
    now_.decisions = std::move(*taken);
    return true;
  }

  /// Halves first, then ever smaller blocks of what differs from 0. A block that was needed is not tried again at its
  /// size, whatever the others do: each pass is linear.
  template <class Values>
  bool zero_blocks(Values decision_list::*list) {
    const std::size_t before = weight();
    for (std::size_t size = others_than_zero(now_.decisions.*list); size > 0; size /= 2) {
      for (std::size_t at = 0;;) {
        const auto places = places_of(now_.decisions.*list);
        if (at >= places.size() || now_.attempts >= attempts_max_) break;
        decision_list candidate = now_.decisions;
        for (std::size_t i = at; i < std::min(at + size, places.size()); ++i) (candidate.*list)[places[i]] = 0;
        const bool gone = accept(candidate) && places_of(now_.decisions.*list).size() < places.size();
        if (!gone) at += size;
      }
    }
    return weight() < before;
  }

  /// Overtaking fewer steps is easier to read.
  template <class Values>
  bool lower(Values decision_list::*list) {
    bool lowered = false;
    for (std::size_t nth = 0; nth < places_of(now_.decisions.*list).size(); ++nth) {
      const std::size_t place = places_of(now_.decisions.*list)[nth];
      for (unsigned value = 1; value < (now_.decisions.*list)[place]; ++value) {
        decision_list candidate = now_.decisions;
        (candidate.*list)[place] = static_cast<typename Values::value_type>(value);
        if (accept(candidate)) {
          lowered = true;
          break;
        }
      }
    }
    return lowered;
  }

  shrunk& now_;
  const shrink_oracle& fails_;
  std::uint64_t attempts_max_;
};

}  // namespace

shrunk shrink_decisions(plan::plan what, decision_list decisions, const shrink_oracle& fails, std::uint64_t attempts_max) {
  shrunk now{.what = std::move(what), .decisions = std::move(decisions)};
  decisions_shrinker(now, fails, attempts_max).shrink();
  return now;
}

failure_size size_of(const plan::plan& what, const decision_list& decisions) {
  failure_size size{.sessions = what.clients.size(),
                    .preemptions = others_than_zero(decisions.steps),
                    .data_choices = others_than_zero(decisions.choices)};
  for (const plan::client& who : what.clients) size.events += who.ops.size() + who.script.size();
  return size;
}

std::string to_string(const failure_size& size) {
  const auto counted = [](std::size_t count, const char* word) { return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s"); };
  auto text = counted(size.sessions, "session") + ", " + counted(size.events, "event") + ", " + counted(size.preemptions, "preemption");
  if (size.data_choices != 0) text += ", " + counted(size.data_choices, "cut transfer");
  return text;
}

}  // namespace nailbiter::explore
