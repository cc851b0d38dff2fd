#include "harness/globals/memory_map.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/core.h>

namespace nailbiter::globals {

tl::expected<std::vector<mapping>, std::string> mappings_of(std::int32_t pid) {
  const auto file = fmt::format("/proc/{}/maps", pid);
  std::ifstream in(file);
  std::vector<mapping> all;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    mapping one;
    std::string rights;
    std::string device;
    std::uint64_t inode = 0;
    char dash = 0;
    words >> std::hex >> one.begin >> dash >> one.end >> rights >> one.offset >> device >> std::dec >> inode;
    std::getline(words >> std::ws, one.path);
    if (words.bad() || rights.size() < 4 || rights[0] != 'r') continue;
    one.writable = rights[1] == 'w';
    all.push_back(std::move(one));
  }
  if (all.empty()) return tl::unexpected(fmt::format("{} cannot be read: is there such a process, and is it yours?", file));
  return all;
}

tl::expected<process_memory, std::string> process_memory::open(std::int32_t pid) {
  const auto file = fmt::format("/proc/{}/mem", pid);
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) return process_memory(fd);
  return tl::unexpected(fmt::format("{}: {} (it takes the rights of a debugger: the same user, and kernel.yama.ptrace_scope 0)", file,
                                    std::strerror(errno)));
}

process_memory::process_memory(process_memory&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

process_memory::~process_memory() {
  if (fd_ >= 0) ::close(fd_);
}

bool process_memory::read(std::uint64_t address, std::span<char> into) const noexcept {
  const auto got = ::pread(fd_, into.data(), into.size(), static_cast<off_t>(address));
  return got == static_cast<ssize_t>(into.size());
}

}  // namespace nailbiter::globals
