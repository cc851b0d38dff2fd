#include "harness/power/kills.hpp"

#include <sstream>

#include <fmt/format.h>

namespace nailbiter::power {

tl::expected<kills, std::string> parse_kills(std::string_view text) {
  kills all;
  std::istringstream lines{std::string(text)};
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line.substr(0, line.find('#')));
    std::string id;
    if (!(words >> id)) continue;
    std::set<std::string> checkers;
    for (std::string checker; words >> checker;) checkers.insert(checker);
    if (checkers.empty()) return tl::unexpected(fmt::format("line {}: {} has no checker", number, id));
    if (!all.emplace(id, std::move(checkers)).second) return tl::unexpected(fmt::format("line {}: {} is there twice", number, id));
  }
  return all;
}

std::string kills_text(kills expected, const results& seen) {
  for (const auto& one : seen.mutants) {
    if (one.detected()) expected.try_emplace(one.what.id, one.checkers());
  }
  std::string text = "# What `nailbiter power` must catch: a mutant, and the checkers that failed it. No line is removed to be green.\n";
  for (const auto& [id, checkers] : expected) text += fmt::format("{} {}\n", id, fmt::join(checkers, " "));
  return text;
}

kill_changes compare(const kills& expected, const results& seen) {
  kill_changes changes;
  for (const auto& one : seen.mutants) {
    const auto known = expected.find(one.what.id);
    if (known != expected.end() && !one.detected()) {
      changes.lost.push_back(fmt::format("{} is not caught any more; it was, by {}", one.what.id, fmt::join(known->second, " ")));
    } else if (known == expected.end() && one.detected()) {
      changes.gained.push_back(fmt::format("{} is caught, by {}, and the ratchet does not know it yet", one.what.id, fmt::join(one.checkers(), " ")));
    }
  }
  return changes;
}

}  // namespace nailbiter::power
