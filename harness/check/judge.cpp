#include "harness/check/judge.hpp"

#include <array>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

using family = verdict (*)(const context&);

verdict named(const char* name, verdict found) {
  found.checker = name;
  return found;
}

struct row {
  const char* name;
  family judge;
};

/// In report order: what explains a failure best comes first, what only says that something never came comes last.
constexpr std::array rows{
    row{"framing", judge_framing},     row{"isolation", judge_isolation},
    row{"order", judge_order},         row{"completeness", judge_completeness},
    row{"exit", judge_exit},           row{"stdin", judge_stdin},
    row{"overlap", judge_overlap},     row{"cancellation", judge_cancellation},
    row{"close", judge_close},         row{"terminal", judge_terminal},
    row{"sanitizer", judge_sanitizer}, row{"resources", judge_resources},
    row{"quiet", judge_quiet},         row{"stopping", judge_stopping},
    row{"liveness", judge_liveness},
};

template <std::size_t I>
verdict judge_alone(const history::history& observed) {
  const prepared_plan intended(settled(observed.what, observed));
  return named(rows[I].name, rows[I].judge(context(observed, intended)));
}

std::vector<verdict> verdicts_of(const history::history& observed, const prepared_plan& intended) {
  const context given(observed, intended);
  std::vector<verdict> all;
  all.reserve(rows.size());
  for (const row& each : rows) all.push_back(named(each.name, each.judge(given)));
  return all;
}

template <std::size_t... I>
constexpr std::array<checker, sizeof...(I)> checkers_of(std::index_sequence<I...>) {
  return {checker{rows[I].name, judge_alone<I>}...};
}

constexpr auto checkers = checkers_of(std::make_index_sequence<rows.size()>{});

}  // namespace

std::span<const checker> all_checkers() noexcept { return checkers; }

std::vector<verdict> plan_judge::operator()(const history::history& observed) const {
  if (has_open_endings_) return verdicts_of(observed, prepared_plan(settled(intended_.what, observed)));
  return verdicts_of(observed, intended_);
}

std::vector<verdict> judge(const history::history& observed) { return plan_judge(observed.what)(observed); }

}  // namespace nailbiter::check
