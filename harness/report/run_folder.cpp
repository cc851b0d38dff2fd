#include "harness/report/run_folder.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include "harness/report/atomic_file.hpp"
#include "harness/report/text.hpp"

namespace nailbiter::report {
namespace {

namespace fs = std::filesystem;

constexpr int names_max = 10'000;

/// Renames over what is there, so that `latest` always points somewhere. A file of another kind is left alone.
void point_latest_at(const fs::path& out, const fs::path& run) {
  std::error_code ec;
  const auto link = out / "latest";
  if (fs::exists(fs::symlink_status(link, ec)) && !fs::is_symlink(link, ec)) return;
  const auto fresh = out / fmt::format(".latest.{}", ::getpid());
  fs::remove(fresh, ec);
  fs::create_directory_symlink(run.filename(), fresh, ec);
  if (!ec) fs::rename(fresh, link, ec);
}

}  // namespace

tl::expected<run_folder, std::string> run_folder::create(const fs::path& out, std::string_view name) {
  std::error_code ec;
  fs::create_directories(out, ec);
  if (ec) return tl::unexpected(fmt::format("cannot create {}: {}", out.string(), ec.message()));
  for (int number = 1; number <= names_max; ++number) {
    const auto path = out / (number == 1 ? std::string(name) : fmt::format("{}-{}", name, number));
    if (fs::create_directory(path, ec)) {
      point_latest_at(out, path);
      return run_folder(path);
    }
    if (ec) return tl::unexpected(fmt::format("cannot create {}: {}", path.string(), ec.message()));
  }
  return tl::unexpected(fmt::format("{} holds too many folders named {}", out.string(), name));
}

fs::path run_folder::case_folder(std::string_view case_id) const { return path_ / file_safe(case_id); }

tl::expected<fs::path, std::string> run_folder::write_case(std::string_view case_id, const std::vector<folder_file>& files) const {
  const auto folder = case_folder(case_id);
  for (const auto& file : files) {
    const auto written = write_atomically(folder / file.name, file.content);
    if (!written) return tl::unexpected(written.error());
  }
  return folder;
}

}  // namespace nailbiter::report
