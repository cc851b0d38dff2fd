#include "harness/power/search.hpp"

#include <sstream>

#include <fmt/format.h>

namespace nailbiter::power {

std::string line_of(const search& one) {
  return fmt::format("search {} {} {} {}\n", one.detected ? "detected" : "unfinished", one.schedules, one.cpu_us,
                     one.checkers.empty() ? "-" : fmt::format("{}", fmt::join(one.checkers, ",")));
}

std::optional<search> parse_search(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::string word;
  std::string ending;
  std::string checkers;
  search one;
  if (!(in >> word >> ending >> one.schedules >> one.cpu_us >> checkers) || word != "search") return std::nullopt;
  one.detected = ending == "detected";
  if (!one.detected && ending != "unfinished") return std::nullopt;
  std::istringstream names(checkers == "-" ? std::string() : checkers);
  for (std::string name; std::getline(names, name, ',');) one.checkers.push_back(name);
  return one;
}

}  // namespace nailbiter::power
