#include "reference/io/path_lock.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace naild::io {
namespace {

using clock = std::chrono::steady_clock;

constexpr int look_again_ms = 2;

// The last owner may have removed the name while we waited: then it is nobody's, or another file's.
bool has_name(const file_descriptor& file, const std::string& name) {
  struct stat held {};
  struct stat there {};
  return ::fstat(file.get(), &held) == 0 && ::lstat(name.c_str(), &there) == 0 && held.st_dev == there.st_dev &&
         held.st_ino == there.st_ino;
}

bool is_own(const file_descriptor& file) {
  struct stat held {};
  return ::fstat(file.get(), &held) == 0 && held.st_uid == ::geteuid();
}

}  // namespace

tl::expected<path_lock, int> path_lock::take(const std::string& path, std::chrono::milliseconds patience) {
  const auto deadline = clock::now() + patience;
  std::string name = path + ".lock";
  for (;;) {
    file_descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file) return tl::unexpected(errno);
    if (!is_own(file)) return tl::unexpected(EPERM);  // whoever put it there could hold it for ever
    while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(errno);
      if (clock::now() >= deadline) return tl::unexpected(EAGAIN);
      (void)::poll(nullptr, 0, look_again_ms);  // the kernel tells nobody that a flock(2) is free
    }
    if (has_name(file, name)) return path_lock(std::move(name), std::move(file));
    if (clock::now() >= deadline) return tl::unexpected(EAGAIN);
  }
}

// The name goes first: while the file is locked nobody else can hold one of that name.
path_lock::~path_lock() {
  if (file_) ::unlink(name_.c_str());
}

}  // namespace naild::io
