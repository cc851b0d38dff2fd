#include "reference/io/socket_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include <fmt/core.h>

namespace naild::io {
namespace {

tl::expected<socket_address, std::string> unix_address(const std::string& path) {
  if (path.size() > unix_path_bytes_max) {
    return tl::unexpected(fmt::format("the path has {} bytes, but a socket address holds {}", path.size(), unix_path_bytes_max));
  }
  socket_address made;
  auto& raw = reinterpret_cast<sockaddr_un&>(made.storage);
  raw.sun_family = AF_UNIX;
  std::memcpy(raw.sun_path, path.data(), path.size());
  made.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  return made;
}

tl::expected<socket_address, std::string> tcp_address(std::string host, std::uint16_t number) {
  if (host == "localhost") host = "127.0.0.1";
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  socket_address made;
  auto& v4 = reinterpret_cast<sockaddr_in&>(made.storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(made.storage);
  if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(number);
    made.size = sizeof(sockaddr_in);
    return made;
  }
  made = {};
  if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(number);
    made.size = sizeof(sockaddr_in6);
    return made;
  }
  return tl::unexpected(fmt::format("the host '{}' is neither a number nor localhost", host));
}

}  // namespace

tl::expected<socket_address, std::string> to_socket_address(const port::address& where) {
  switch (where.kind) {
    case port::transport::unix_socket: return unix_address(where.name);
    case port::transport::tcp: return tcp_address(where.name, where.port);
    case port::transport::simulated: break;
  }
  return tl::unexpected(std::string("a simulated address exists only in the simulator"));
}

bool is_loopback(const socket_address& where) noexcept {
  if (where.family() == AF_UNIX) return true;
  if (where.family() == AF_INET) {
    return ntohl(reinterpret_cast<const sockaddr_in&>(where.storage).sin_addr.s_addr) >> 24 == 127;
  }
  return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(where.storage).sin6_addr);
}

base::io_error error_of(int error_number) noexcept {
  switch (error_number) {
    case ECONNRESET:
    case EPIPE:
    case ENOTCONN:
    case ETIMEDOUT: return base::io_error::reset;
    case ECONNREFUSED:
    case ENOENT:
    case EHOSTUNREACH:
    case ENETUNREACH: return base::io_error::refused;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case ENOSPC: return base::io_error::no_resources;
    case EACCES:
    case EPERM:
    case ENOTDIR:
    case EADDRINUSE:
    case EADDRNOTAVAIL:
    case EINVAL: return base::io_error::bad_address;
    case ECANCELED:
    case EBADF: return base::io_error::aborted;
  }
  return base::io_error::failed;
}

}  // namespace naild::io
