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

tl::unexpected<std::string> cannot_write(const std::filesystem::path& path) {
  return tl::unexpected(fmt::format("cannot write {}", path.string()));
}

/// The content, or a first try of it, beside where it belongs; its name.
tl::expected<std::filesystem::path, std::string> written_beside(const std::filesystem::path& path, std::string_view content) {
  std::error_code ec;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ec);
  if (ec) return tl::unexpected(fmt::format("cannot create the folder of {}: {}", path.string(), ec.message()));
  auto partial = path;
  partial += fmt::format(".{}.partial", ::getpid());
  if (fill(partial, content)) return partial;
  std::filesystem::remove(partial, ec);
  return cannot_write(path);
}

}  // namespace

tl::expected<void, std::string> write_atomically(const std::filesystem::path& asked, std::string_view content) {
  if (is_pipe_or_device(asked)) {
    if (!fill(asked, content)) return cannot_write(asked);
    return {};
  }
  const auto path = behind_links(asked);
  const auto partial = written_beside(path, content);
  if (!partial) return tl::unexpected(partial.error());
  std::error_code ec;
  std::filesystem::rename(*partial, path, ec);
  if (!ec) return {};
  const auto why = ec.message();
  std::filesystem::remove(*partial, ec);
  return tl::unexpected(fmt::format("cannot rename to {}: {}", path.string(), why));
}

tl::expected<void, std::string> can_write(const std::filesystem::path& path) {
  if (is_pipe_or_device(path)) return {};
  std::error_code ec;
  if (std::filesystem::is_directory(path, ec)) return tl::unexpected(fmt::format("cannot write {}: it is a folder", path.string()));
  const auto partial = written_beside(behind_links(path), {});
  if (!partial) return tl::unexpected(partial.error());
  std::filesystem::remove(*partial, ec);
  return {};
}

}  // namespace nailbiter::report
