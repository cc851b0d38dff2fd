#include "harness/command/explanation.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "harness/command/step_words.hpp"
#include "harness/explore/strategies.hpp"

namespace nailbiter::command {
namespace {

constexpr std::size_t neighbours_max = 400;
constexpr std::uint16_t ranks_max = 3;

using pairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// Where two executions part: the step that one takes there, and its own later step that the other takes instead. Steps
/// of a strand run in order, so that is the next one of the same strand.
std::optional<std::pair<std::size_t, std::size_t>> parting(const std::vector<explore::trace_step>& failing, const std::vector<explore::trace_step>& passing) {
  const auto chosen = [](const explore::trace_step& one, const explore::trace_step& other) { return one.strand == other.strand; };
  const auto [here, there] = std::ranges::mismatch(failing, passing, chosen);
  if (here == failing.end() || there == passing.end()) return std::nullopt;
  const auto later = std::find_if(here, failing.end(), [strand = there->strand](const auto& step) { return step.strand == strand; });
  if (later == failing.end()) return std::nullopt;
  return std::pair{static_cast<std::size_t>(here - failing.begin()), static_cast<std::size_t>(later - failing.begin())};
}

/// The pairs of failing steps that passing schedules have the other way round: the fewest found.
class difference {
 public:
  difference(reproduction& again, const plan::plan& what, const execution& failing) : again_(again), what_(what), failing_(failing) {}

  void compare(explore::strategy& decides) {
    if (again_.spent()) return;
    auto other = again_.play(what_, decides, 0);
    if (other.result.summary.result != check::outcome::pass) return;
    if (!std::exchange(has_passing_, true)) parted_ = parting(failing_.record.steps, other.record.steps);
    auto reversed = explore::reversed_pairs(failing_.uses, other.uses, explore::pairing::resource);
    if (reversed.empty()) reversed = explore::reversed_pairs(failing_.uses, other.uses, explore::pairing::session);
    if (!reversed.empty() && (!best_ || reversed.size() < best_->size())) best_ = std::move(reversed);
  }

  void compare(const explore::decision_list& other) {
    explore::guided follows(other);
    compare(follows);
  }

  bool has_passing() const noexcept { return has_passing_; }
  const std::optional<pairs>& best() const noexcept { return best_; }
  /// Steps where the first schedule that passes, the nearest, leaves the failing one.
  const std::optional<std::pair<std::size_t, std::size_t>>& parted() const noexcept { return parted_; }

 private:
  reproduction& again_;
  const plan::plan& what_;
  const execution& failing_;
  bool has_passing_ = false;
  std::optional<pairs> best_;
  std::optional<std::pair<std::size_t, std::size_t>> parted_;
};

/// Every list with one decision taken back, then those with one more, the last ones first: what is near the failure
/// explains it best.
std::vector<explore::decision_list> neighbours(const explore::decision_list& of) {
  std::vector<explore::decision_list> near;
  const auto without = [&](auto member) {
    for (std::size_t i = (of.*member).size(); i-- > 0;) {
      if ((of.*member)[i] == 0) continue;
      near.push_back(of);
      (near.back().*member)[i] = 0;
    }
  };
  without(&explore::decision_list::steps);
  without(&explore::decision_list::choices);
  for (std::size_t i = of.steps.size(); i-- > 0;) {
    for (std::uint16_t rank = 1; rank <= ranks_max && near.size() < neighbours_max; ++rank) {
      if (of.steps[i] == rank) continue;
      near.push_back(of);
      near.back().steps[i] = rank;
    }
  }
  return near;
}

/// The last pair whose steps both left something in the history, else the last.
std::pair<std::size_t, std::size_t> telling(const pairs& all, const step_words& words, const execution& failing) {
  for (auto each = all.rbegin(); each != all.rend(); ++each) {
    const bool told = words.is_witnessed(failing.steps_of_uses[each->first]) && words.is_witnessed(failing.steps_of_uses[each->second]);
    if (told && words.of_use(each->first) != words.of_use(each->second)) return *each;
  }
  for (auto each = all.rbegin(); each != all.rend(); ++each) {
    if (words.of_use(each->first) != words.of_use(each->second)) return *each;
  }
  return all.back();
}

}  // namespace

std::string explain(reproduction& again, const plan::plan& what, const explore::decision_list& decisions, const execution& failing) {
  const auto& summary = failing.result.summary;
  const auto observed = summary.detail.empty() ? std::string(check::describe(summary.why)) : fmt::format("{}: {}", check::describe(summary.why), summary.detail);
  difference found(again, what, failing);
  explore::fifo in_order;
  for (const auto& near : neighbours(decisions)) found.compare(near);
  if (!found.best()) found.compare(in_order);
  if (!found.has_passing()) return observed + "; no schedule near this one passes, the oldest step first included.";
  if (!found.best()) return observed + "; it passes when one decision is taken back.";
  const step_words words(what, failing);
  const auto said = [&](const std::string& first, const std::string& second) {
    return fmt::format("{}; {} came before {}, and where they come the other way round it passes.", observed, first, second);
  };
  const auto [earlier, later] = telling(*found.best(), words, failing);
  // What two clients share without a label shows only where the schedules part.
  const auto& parted = found.parted();
  const bool by_label = words.are_of_two_clients(failing.steps_of_uses[earlier], failing.steps_of_uses[later]);
  if (!by_label && parted && words.are_of_two_clients(parted->first, parted->second)) {
    return said(words.of_step(parted->first), words.of_step(parted->second));
  }
  return said(words.of_use(earlier), words.of_use(later));
}

}  // namespace nailbiter::command
