#include "harness/command/explanation.hpp"

#include <optional>
#include <utility>

#include <fmt/core.h>

#include "harness/command/set_off.hpp"
#include "harness/command/step_owners.hpp"
#include "harness/command/step_words.hpp"
#include "harness/explore/held_step.hpp"
#include "harness/explore/strategies.hpp"

namespace nailbiter::command {
namespace {

constexpr std::size_t steps_max = 20'000;
constexpr std::size_t pairs_max = 24;  // that are looked at for one that tells more

/// Places of two steps of the failing execution: (earlier, later).
using pair = std::pair<std::size_t, std::size_t>;

bool passes(const execution& done) { return done.result.summary.result == check::outcome::pass; }

class turning_point {
 public:
  turning_point(reproduction& again, const plan::plan& what, const execution& failing)
      : again_(again), what_(what), failing_(failing), record_(failing.record), owners_(what, failing), cause_(set_off_by(failing, owners_)) {}

  /// Two steps that pass the other way round. Where it is known what set the failure off, that is one of them.
  std::optional<pair> find() {
    if (cause_) {
      if (const auto found = with(*cause_)) return found;
    }
    return plainest_of_the_last();
  }

  /// The step in words, and whether it is the one by which a session of the daemon reached into another one.
  std::string told(const step_words& words, std::size_t step) const {
    const bool trespasses = cause_ == step && record_.steps[step].strand != explore::clock_strand;
    return words.in_place(step) + (trespasses ? ", which reached another client's session," : "");
  }

 private:
  /// It and the first for which it must wait; else the last that must wait for it.
  std::optional<pair> with(std::size_t cause) {
    if (saves_by_waiting(cause)) {
      if (const auto awaited = first_awaited(cause)) return pair{cause, *awaited};
    }
    for (std::size_t held = cause; held-- > 0 && !again_.spent();) {
      if (is_told_apart(held, cause)) return pair{held, cause};
    }
    return std::nullopt;
  }

  bool saves_by_waiting(std::size_t held) {
    explore::held_step to_the_end(record_, held);
    return passes(again_.play(what_, to_the_end, record_.seed));
  }

  /// A step that could still have saved the case by waiting, and the first step for which it would have had to wait. Until
  /// it: one step sooner it fails. Of the last such pairs the plainest, and of these the last.
  std::optional<pair> plainest_of_the_last() {
    const int wanted = what_.clients.size() > 1 ? 3 : 1;
    std::optional<pair> best;
    std::size_t looked_at = 0;
    for (std::size_t held = record_.steps.size(); held-- > 0 && looked_at < pairs_max && !again_.spent();) {
      if (!saves_by_waiting(held)) continue;
      const auto awaited = first_awaited(held);
      if (!awaited) continue;
      ++looked_at;
      const pair found{held, *awaited};
      if (!best || plainness(found) > plainness(*best)) best = found;
      if (plainness(*best) == wanted) break;
    }
    return best;
  }

  std::optional<std::size_t> first_awaited(std::size_t held) {
    for (std::size_t awaited = held + 1; awaited < record_.steps.size() && !again_.spent(); ++awaited) {
      if (is_told_apart(held, awaited)) return awaited;
    }
    return std::nullopt;
  }

  /// Does the case pass where the two, of two strands, come the other way round?
  bool is_told_apart(std::size_t held, std::size_t awaited) {
    const auto strand = record_.steps[awaited].strand;
    if (strand == record_.steps[held].strand) return false;
    explore::held_step decides(record_, held, awaited);
    const auto other = again_.play(what_, decides, record_.seed);
    const bool is_known = strand < other.record.strands.size() && other.record.strands[strand] == record_.strands[strand];
    return passes(other) && decides.is_reversed() && is_known;
  }

  bool is_of_session(std::size_t step) const { return record_.strands[record_.steps[step].strand].name == "session"; }

  /// 3: of two clients' sessions in the daemon; 2: of two clients; 1: of one; 0: one of them is nobody's.
  int plainness(const pair& two) const {
    const auto one = client_of_step(failing_, owners_, two.first);
    const auto other = client_of_step(failing_, owners_, two.second);
    if (!one || !other) return 0;
    if (*one == *other) return 1;
    return is_of_session(two.first) && is_of_session(two.second) ? 3 : 2;
  }

  reproduction& again_;
  const plan::plan& what_;
  const execution& failing_;
  const explore::schedule& record_;
  step_owners owners_;
  std::optional<std::size_t> cause_;
};

}  // namespace

std::string explain(reproduction& again, const plan::plan& what, const execution& failing) {
  const auto& summary = failing.result.summary;
  const auto observed = summary.detail.empty() ? std::string(check::describe(summary.why)) : fmt::format("{}: {}", check::describe(summary.why), summary.detail);
  if (failing.record.steps.size() <= steps_max) {
    turning_point search(again, what, failing);
    if (const auto turning = search.find()) {
      const step_words words(what, failing);
      return fmt::format("{}; {} came before {}, and where they come the other way round it passes.", observed, search.told(words, turning->first),
                         search.told(words, turning->second));
    }
  }
  explore::fifo in_order;
  if (passes(again.play(what, in_order, 0))) return observed + "; it passes where the oldest step goes first, and no two steps alone make the difference.";
  if (again.spent()) return observed + "; the search for the two steps that make the difference was cut short.";
  return observed + "; no step of it that waits for another makes it pass, the oldest step first neither.";
}

}  // namespace nailbiter::command
