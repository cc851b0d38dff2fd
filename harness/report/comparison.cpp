#include "harness/report/comparison.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "harness/report/case_table.hpp"

namespace nailbiter::report {
namespace {

std::optional<change> change_of(const std::string& id, const case_record* before, const case_record* after) {
  change what{.id = id, .before = outcome_text(before), .after = outcome_text(after)};
  if (what.before == what.after) return std::nullopt;
  const auto is_bad = [](const case_record* one) {
    return one != nullptr && (one->summary.result == check::outcome::fail || one->summary.result == check::outcome::unknown);
  };
  if (before == nullptr || after == nullptr) {
    what.kind = before == nullptr ? change_kind::added : change_kind::gone;
    what.worse = is_bad(after);
    return what;
  }
  const auto was = before->summary.result;
  const auto is = after->summary.result;
  if (is_bad(before) && is_bad(after)) {
    const bool proven = was == check::outcome::unknown && is == check::outcome::fail;
    what.kind = proven ? change_kind::broken : change_kind::reason_changed;
    what.worse = proven || (after->leak && !before->leak);
  } else if (is_bad(after)) {
    what.kind = change_kind::broken;
    what.worse = true;
  } else if (is == check::outcome::not_exercised) {
    what.kind = change_kind::no_longer_run;
    what.worse = was == check::outcome::pass;
  } else {
    what.kind = is_bad(before) ? change_kind::fixed : change_kind::added;
  }
  return what;
}

std::map<std::string, std::size_t> counts_of(const std::vector<change>& changes) {
  std::map<std::string, std::size_t> counts;
  for (const auto& one : changes) ++counts[name_of(one.kind)];
  return counts;
}

bool is_worse(const std::vector<change>& changes) { return std::ranges::any_of(changes, &change::worse); }

}  // namespace

const char* name_of(change_kind kind) noexcept {
  switch (kind) {
    case change_kind::broken: return "broken";
    case change_kind::no_longer_run: return "no longer run";
    case change_kind::fixed: return "fixed";
    case change_kind::reason_changed: return "reason changed";
    case change_kind::added: return "new";
    case change_kind::gone: return "gone";
  }
  return "";
}

std::string outcome_text(const case_record* one) {
  if (one == nullptr) return {};
  const auto* verdict = name_of(one->summary.result);
  if (one->summary.result == check::outcome::pass || one->summary.result == check::outcome::not_exercised) return verdict;
  return fmt::format("{}: {}: {}", verdict, one->summary.checker, check::describe(one->summary.why));
}

std::vector<change> compare(const campaign& before, const campaign& after) {
  std::vector<change> changes;
  const std::vector<campaign> both{before, after};
  for (const auto& [id, cells] : case_table(both)) {
    auto one = change_of(id, cells[0].worst, cells[1].worst);
    if (one) changes.push_back(std::move(*one));
  }
  return changes;
}

std::string comparison_text(const std::vector<change>& changes) {
  std::string out;
  for (const auto& one : changes) {
    out += fmt::format("{:<14} {}  {} -> {}\n", name_of(one.kind), one.id, one.before.empty() ? "absent" : one.before,
                       one.after.empty() ? "absent" : one.after);
  }
  std::string counts;
  for (const auto& [name, count] : counts_of(changes)) counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, name);
  return out + fmt::format("{}: {}\n", is_worse(changes) ? "worse" : "not worse", counts.empty() ? "nothing changed" : counts);
}

std::string comparison_json(const std::vector<change>& changes) {
  nlohmann::ordered_json value{{"version", 1}, {"worse", is_worse(changes)}, {"counts", nlohmann::ordered_json::object()}};
  for (const auto& [name, count] : counts_of(changes)) value["counts"][name] = count;
  auto& listed = value["changes"] = nlohmann::ordered_json::array();
  for (const auto& one : changes) {
    listed.push_back({{"id", one.id}, {"change", name_of(one.kind)}, {"worse", one.worse}, {"before", one.before}, {"after", one.after}});
  }
  return value.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace nailbiter::report
