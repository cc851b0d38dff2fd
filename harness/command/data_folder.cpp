#include "harness/command/data_folder.hpp"

#include <cstdlib>
#include <vector>

#include <fmt/core.h>

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;

fs::path folder_in(const fs::path& place) {
  std::error_code ec;
  return fs::is_directory(place / "scenarios", ec) ? place / "scenarios" : place;
}

bool is_folder(const fs::path& place) {
  std::error_code ec;
  return fs::is_directory(place, ec);
}

tl::unexpected<std::string> not_found(const char* what, const fs::path& place) {
  return tl::unexpected(fmt::format("no scenarios: {} '{}' is no folder", what, place.string()));
}

}  // namespace

fs::path program_folder() {
  std::error_code ec;
  return fs::read_symlink("/proc/self/exe", ec).parent_path();
}

tl::expected<fs::path, std::string> scenarios_folder(const std::string& asked) {
  if (!asked.empty()) {
    if (!is_folder(asked)) return not_found("--scenarios", asked);
    return folder_in(asked);
  }
  if (const char* data = std::getenv("NAILBITER_DATA"); data != nullptr && *data != '\0') {
    if (!is_folder(data)) return not_found("$NAILBITER_DATA", data);
    return folder_in(data);
  }
  const fs::path source_tree = NAILBITER_SCENARIOS;
  if (is_folder(source_tree)) return source_tree;
  const auto installed = program_folder().parent_path() / "share" / "nailbiter";
  if (is_folder(installed)) return folder_in(installed);
  return tl::unexpected(fmt::format("no scenarios: neither '{}' nor '{}' is there; name a folder with --scenarios",
                                    source_tree.string(), installed.string()));
}

}  // namespace nailbiter::command
