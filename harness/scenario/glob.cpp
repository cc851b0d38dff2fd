#include "harness/scenario/glob.hpp"

#include <algorithm>

namespace nailbiter::scenario {
namespace {

struct split_id {
  std::string_view name;
  std::string_view axes;  // what stands between the brackets
};

split_id split(std::string_view id) noexcept {
  const std::size_t open = id.find('[');
  if (open == std::string_view::npos || !id.ends_with(']')) return {id, {}};
  return {id.substr(0, open), id.substr(open + 1, id.size() - open - 2)};
}

std::string_view take_item(std::string_view& items) noexcept {
  const std::string_view first = items.substr(0, items.find(','));
  items.remove_prefix(std::min(items.size(), first.size() + 1));
  return first;
}

bool is_met(std::string_view condition, std::string_view axes) noexcept {
  while (!axes.empty()) {
    const std::string_view item = take_item(axes);
    const std::size_t equals = item.find('=');
    const std::string_view name = item.substr(0, equals);
    if (condition.substr(0, condition.find('=')) == name) return matches_glob(condition, item);
  }
  return false;
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view text) noexcept {
  std::size_t at = 0;
  std::size_t in_text = 0;
  std::size_t star = std::string_view::npos;  // the last `*` seen, and where the text that it takes ends
  std::size_t taken_to = 0;
  while (in_text < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken_to = in_text;
    } else if (at < pattern.size() && pattern[at] == text[in_text]) {
      ++at;
      ++in_text;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in_text = ++taken_to;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

bool matches_case(std::string_view pattern, std::string_view case_id) noexcept {
  auto [wanted, conditions] = split(pattern);
  const auto [name, axes] = split(case_id);
  if (conditions.empty()) return matches_glob(pattern, name) || matches_glob(pattern, case_id);
  if (!matches_glob(wanted, name)) return false;
  while (!conditions.empty()) {
    if (!is_met(take_item(conditions), axes)) return false;
  }
  return true;
}

bool matches_any(std::span<const std::string> patterns, std::string_view case_id) noexcept {
  return patterns.empty() ||
         std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches_case(pattern, case_id); });
}

}  // namespace nailbiter::scenario
