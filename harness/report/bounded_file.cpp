#include "harness/report/bounded_file.hpp"

#include <fstream>
#include <iterator>

#include <fmt/core.h>

namespace nailbiter::report {

tl::expected<std::string, std::string> content_of(const std::filesystem::path& path, std::uintmax_t bytes_max) {
  std::error_code ec;
  const auto size = std::filesystem::file_size(path, ec);
  if (ec) return tl::unexpected(fmt::format("cannot read {}: {}", path.string(), ec.message()));
  if (size > bytes_max) return tl::unexpected(path.string() + " is too long");
  std::ifstream file(path, std::ios::binary);
  if (!file) return tl::unexpected(fmt::format("cannot read {}", path.string()));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace nailbiter::report
