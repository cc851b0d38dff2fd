#include "reference/io/program_lookup.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace naild::io {
namespace {

enum class candidate : std::uint8_t { absent, unusable, usable };

candidate inspect(const base::bytes& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return candidate::absent;
  return S_ISREG(about.st_mode) && ::access(path.c_str(), X_OK) == 0 ? candidate::usable : candidate::unusable;
}

base::byte_view path_of(const std::vector<base::bytes>& environment) {
  constexpr base::byte_view name = "PATH=";
  for (const base::bytes& entry : environment) {
    if (entry.starts_with(name)) return base::byte_view(entry).substr(name.size());
  }
  return "/usr/local/bin:/usr/bin:/bin";  // what execvp() uses where there is none
}

// A relative place is meant from where the run is, not from where the daemon is.
base::bytes from_directory(const base::bytes& directory, base::byte_view place) {
  if (place.starts_with('/')) return base::bytes(place);
  return directory + "/" + base::bytes(place);
}

}  // namespace

tl::expected<base::bytes, port::spawn_error> find_program(const port::process_request& what) {
  if (what.program.empty()) return tl::unexpected(port::spawn_error::not_found);
  bool saw_unusable = false;
  const auto answer = [&]() { return saw_unusable ? port::spawn_error::not_executable : port::spawn_error::not_found; };
  if (what.program.find('/') != base::bytes::npos) {
    const base::bytes path = from_directory(what.working_dir, what.program);
    const candidate seen = inspect(path);
    if (seen == candidate::usable) return path;
    saw_unusable = seen == candidate::unusable;
    return tl::unexpected(answer());
  }
  base::byte_view rest = path_of(what.environment);
  for (;;) {
    const auto colon = rest.find(':');
    const base::byte_view place = rest.substr(0, colon);
    const base::bytes path = from_directory(what.working_dir, place.empty() ? "." : place) + "/" + what.program;
    const candidate seen = inspect(path);
    if (seen == candidate::usable) return path;
    saw_unusable = saw_unusable || seen == candidate::unusable;
    if (colon == rest.npos) return tl::unexpected(answer());
    rest.remove_prefix(colon + 1);
  }
}

}  // namespace naild::io
