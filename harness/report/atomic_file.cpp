#include "harness/report/atomic_file.hpp"

#include <fstream>

#include <fmt/core.h>
#include <unistd.h>

namespace nailbiter::report {

tl::expected<void, std::string> write_atomically(const std::filesystem::path& path, std::string_view content) {
  std::error_code ec;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ec);
  if (ec) return tl::unexpected(fmt::format("cannot create the folder of {}: {}", path.string(), ec.message()));
  auto partial = path;
  partial += fmt::format(".{}.partial", ::getpid());
  {
    std::ofstream file(partial, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.flush();
    if (!file) {
      std::filesystem::remove(partial, ec);
      return tl::unexpected(fmt::format("cannot write {}", path.string()));
    }
  }
  std::filesystem::rename(partial, path, ec);
  if (!ec) return {};
  const auto why = ec.message();
  std::filesystem::remove(partial, ec);
  return tl::unexpected(fmt::format("cannot rename to {}: {}", path.string(), why));
}

}  // namespace nailbiter::report
