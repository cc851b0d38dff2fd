#include "harness/target/log_complaints.hpp"

#include <optional>
#include <regex>

namespace nailbiter::target {

std::vector<std::string> complaints_in(std::string_view log, const std::string& ready) {
  std::optional<std::regex> announces;
  if (!ready.empty()) announces.emplace(ready);
  std::vector<std::string> found;
  while (!log.empty()) {
    const std::size_t size = std::min(log.find('\n'), log.size());
    std::string line(log.substr(0, size));
    log.remove_prefix(std::min(size + 1, log.size()));
    const bool is_calm = line.empty() || line.starts_with("info: ") || line.starts_with("debug: ");
    if (!is_calm && !(announces && std::regex_search(line, *announces))) found.push_back(std::move(line));
  }
  return found;
}

}  // namespace nailbiter::target
