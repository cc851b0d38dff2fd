#include "reference/io/process_state.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "reference/base/printable.hpp"

namespace naild::io {
namespace {

constexpr std::size_t names_told_max = 8;

/// Names of the variables that one has and the other has not, or has with another value.
std::vector<std::string> names_of_changed(std::vector<std::string> before, std::vector<std::string> after) {
  std::ranges::sort(before);
  std::ranges::sort(after);
  std::vector<std::string> changed;
  std::ranges::set_symmetric_difference(before, after, std::back_inserter(changed));
  std::set<std::string> names;
  for (const std::string& entry : changed) names.insert(base::printable(entry.substr(0, entry.find('='))));
  return {names.begin(), std::next(names.begin(), static_cast<std::ptrdiff_t>(std::min(names.size(), names_told_max)))};
}

}  // namespace

void leave_state_of_starter() noexcept {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) std::memset(*entry, 0, std::strlen(*entry));
  ::clearenv();
  (void)!::chdir("/");
  ::umask(umask_of_runs);
}

process_state process_state::now() {
  process_state found;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) found.environment.emplace_back(*entry);
  struct stat directory {};
  if (::stat(".", &directory) == 0) {
    found.device = directory.st_dev;
    found.inode = directory.st_ino;
  }
  found.umask = ::umask(umask_of_runs);
  found.locale = std::setlocale(LC_ALL, nullptr);
  return found;
}

std::string changes_between(const process_state& before, const process_state& after) {
  std::vector<std::string> changes;
  if (before.environment != after.environment) {
    changes.push_back(fmt::format("environment ({})", fmt::join(names_of_changed(before.environment, after.environment), ", ")));
  }
  if (before.device != after.device || before.inode != after.inode) changes.emplace_back("working directory");
  if (before.umask != after.umask) changes.emplace_back("umask");
  if (before.locale != after.locale) changes.emplace_back("locale");
  return fmt::format("{}", fmt::join(changes, ", "));
}

}  // namespace naild::io
