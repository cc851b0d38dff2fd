#pragma once

// The folder of one campaign, out/<run>, and in it one folder a failing case. What lies in them is a contract; what it
// says is decided by the caller.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::report {

struct folder_file {
  std::string name;      // verdict.json, history.txt, plan.json, schedule.bin, wire.log, daemon.log
  std::string content;   // written even when empty
};

class run_folder {
 public:
  /// Makes out/<name> and points out/latest at it. An existing name gets a number. The error is a text.
  static tl::expected<run_folder, std::string> create(const std::filesystem::path& out, std::string_view name);

  /// One that is there already.
  static run_folder at(std::filesystem::path path) { return run_folder(std::move(path)); }

  const std::filesystem::path& path() const noexcept { return path_; }

  /// Where the folder of this case is, or would be.
  std::filesystem::path case_folder(std::string_view case_id) const;

  /// Writes the folder of a case; files appear whole or not at all.
  tl::expected<std::filesystem::path, std::string> write_case(std::string_view case_id, const std::vector<folder_file>& files) const;

 private:
  explicit run_folder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace nailbiter::report
