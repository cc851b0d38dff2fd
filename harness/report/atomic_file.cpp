#include "harness/report/atomic_file.hpp"

#include <fstream>

#include <fmt/core.h>
#include <unistd.h>

namespace nailbiter::report {
namespace {

/// Where the bytes belong: of a link, the file that it names.
std::filesystem::path behind_links(const std::filesystem::path& path) {
  std::error_code ec;
  if (!std::filesystem::is_symlink(path, ec)) return path;
  const auto named = std::filesystem::canonical(path, ec);
  return ec ? path : named;
}

bool is_pipe_or_device(const std::filesystem::path& path) {
  std::error_code ec;
  const auto there = std::filesystem::status(path, ec);
  return std::filesystem::exists(there) && !std::filesystem::is_regular_file(there) && !std::filesystem::is_directory(there);
}

bool fill(const std::filesystem::path& file, std::string_view content) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.flush();
  return out.good();
}

}  // namespace

tl::expected<void, std::string> write_atomically(const std::filesystem::path& asked, std::string_view content) {
  const auto cannot_write = [&] { return tl::unexpected(fmt::format("cannot write {}", asked.string())); };
  if (is_pipe_or_device(asked)) {
    if (!fill(asked, content)) return cannot_write();
    return {};
  }
  const auto path = behind_links(asked);
  std::error_code ec;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ec);
  if (ec) return tl::unexpected(fmt::format("cannot create the folder of {}: {}", path.string(), ec.message()));
  auto partial = path;
  partial += fmt::format(".{}.partial", ::getpid());
  if (!fill(partial, content)) {
    std::filesystem::remove(partial, ec);
    return cannot_write();
  }
  std::filesystem::rename(partial, path, ec);
  if (!ec) return {};
  const auto why = ec.message();
  std::filesystem::remove(partial, ec);
  return tl::unexpected(fmt::format("cannot rename to {}: {}", path.string(), why));
}

}  // namespace nailbiter::report
