#pragma once

// A port::address in the kernel's form, and errno in the ports' form. Resolves no names: hosts are numeric or localhost.

#include <sys/socket.h>

#include <cstddef>
#include <string>

#include <tl/expected.hpp>

#include "reference/base/io_error.hpp"
#include "reference/port/address.hpp"

namespace naild::io {

/// What fits in sockaddr_un::sun_path beside its final NUL.
constexpr std::size_t unix_path_bytes_max = 107;

struct socket_address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  int family() const noexcept { return storage.ss_family; }
  const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// The error says what is wrong with the address.
tl::expected<socket_address, std::string> to_socket_address(const port::address& where);

/// Does the address reach this machine only?
bool is_loopback(const socket_address& where) noexcept;

/// The error of a failed call on a stream, an accept or a connect.
base::io_error error_of(int error_number) noexcept;

}  // namespace naild::io
