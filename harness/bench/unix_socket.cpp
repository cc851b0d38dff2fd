#include "harness/bench/unix_socket.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace nailbiter::bench {
namespace {

constexpr int backlog = 1024;

bool fill(sockaddr_un& where, const std::string& path) {
  where = {};
  where.sun_family = AF_UNIX;
  if (path.size() >= sizeof where.sun_path) {
    errno = ENAMETOOLONG;
    return false;
  }
  std::memcpy(where.sun_path, path.c_str(), path.size() + 1);
  return true;
}

int give_up(int fd) {
  const int kept = errno;
  ::close(fd);
  errno = kept;
  return -1;
}

}  // namespace

int connect_to(const std::string& path) {
  sockaddr_un where;
  if (!fill(where, path)) return -1;
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  return ::connect(fd, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0 ? fd : give_up(fd);
}

int listen_at(const std::string& path) {
  sockaddr_un where;
  if (!fill(where, path)) return -1;
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  ::unlink(path.c_str());
  if (::bind(fd, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0) return give_up(fd);
  return ::listen(fd, backlog) == 0 ? fd : give_up(fd);
}

}  // namespace nailbiter::bench
