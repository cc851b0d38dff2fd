#include "harness/target/temporary_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/core.h>

namespace nailbiter::target {

tl::expected<temporary_directory, std::string> temporary_directory::make() {
  const char* const wanted = std::getenv("TMPDIR");
  // sun_path holds 107 bytes: a deep TMPDIR leaves no room for a socket's name.
  constexpr std::size_t parent_bytes_max = 60;
  const std::string parent = wanted != nullptr && *wanted == '/' && std::strlen(wanted) <= parent_bytes_max ? wanted : "/tmp";
  std::string pattern = parent + "/nailbiter.XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    return tl::unexpected(fmt::format("cannot make a directory below {}: {}", parent, std::strerror(errno)));
  }
  return temporary_directory(std::filesystem::path(pattern));
}

temporary_directory::~temporary_directory() {
  if (path_.empty()) return;
  std::error_code ignored;  // what cannot be removed stays; nobody is left to tell
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace nailbiter::target
