#include "harness/report/rate_json.hpp"

#include <nlohmann/json.hpp>

namespace nailbiter::report {

std::string rate_json(const seen_rate& what) {
  const nlohmann::ordered_json value{{"version", 1}, {"where", what.where}, {"failures", what.seen.failures}, {"runs", what.seen.runs}};
  return value.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::optional<seen_rate> parse_rate(const std::string& text) {
  const auto value = nlohmann::json::parse(text, nullptr, false);
  if (!value.is_object() || value.value("version", nlohmann::json()) != 1) return std::nullopt;
  const auto number = [&value](const char* key) -> std::optional<std::uint64_t> {
    const auto found = value.find(key);
    if (found == value.end() || !found->is_number_unsigned()) return std::nullopt;
    return found->get<std::uint64_t>();
  };
  const auto failures = number("failures");
  const auto runs = number("runs");
  const auto where = value.find("where");
  if (!failures || !runs || *failures > *runs || where == value.end() || !where->is_string()) return std::nullopt;
  return seen_rate{.seen = {.failures = *failures, .runs = *runs}, .where = where->get<std::string>()};
}

}  // namespace nailbiter::report
