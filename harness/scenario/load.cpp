#include "harness/scenario/load.hpp"

#include <algorithm>
#include <filesystem>

#include "harness/scenario/scenario_reader.hpp"

namespace nailbiter::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> scenario_files(const fs::path& directory, std::error_code& ec) {
  std::vector<fs::path> files;
  for (const auto& family : fs::directory_iterator(directory, ec)) {
    if (!family.is_directory() || family.path().filename() == "targets") continue;
    for (const auto& entry : fs::directory_iterator(family.path(), ec)) {
      if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::vector<load_error> faults_of(const scenario& from, const fs::path& path) {
  const std::string id = (path.parent_path().filename() / path.stem()).string();
  if (from.id != id)
    return {{.file = from.file, .line = 1, .text = "its id is '" + from.id + "', but its place says '" + id + "'"}};
  const auto cases = expand(from);
  return cases ? std::vector<load_error>{} : cases.error();
}

}  // namespace

tl::expected<std::vector<scenario>, std::vector<load_error>> load_scenarios(const std::string& directory) {
  std::error_code ec;
  const auto files = scenario_files(directory, ec);
  if (ec)
    return tl::unexpected(
        std::vector{load_error{.file = directory, .line = 0, .text = "cannot be read: " + ec.message()}});

  std::vector<scenario> scenarios;
  std::vector<load_error> faults;
  for (const fs::path& path : files) {
    auto read = read_scenario(path.string());
    const auto found = read ? faults_of(*read, path) : read.error();
    faults.insert(faults.end(), found.begin(), found.end());
    if (read) scenarios.push_back(std::move(*read));
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  std::ranges::sort(scenarios, {}, &scenario::id);
  return scenarios;
}

std::vector<scenario_case> all_cases(const std::vector<scenario>& scenarios) {
  std::vector<scenario_case> cases;
  for (const scenario& from : scenarios) {
    if (auto expanded = expand(from)) std::ranges::move(*expanded, std::back_inserter(cases));
  }
  return cases;
}

}  // namespace nailbiter::scenario
