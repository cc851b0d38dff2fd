#include "harness/target/process_sockets.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/core.h>

namespace nailbiter::target {
namespace {

namespace fs = std::filesystem;

/// "socket:[123]" -> 123 of each descriptor.
std::set<std::string> socket_inodes_of(std::int32_t pid) {
  constexpr std::string_view before = "socket:[";
  std::set<std::string> found;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(fmt::format("/proc/{}/fd", pid), ec)) {
    std::error_code ignored;
    const auto what = fs::read_symlink(entry.path(), ignored).string();
    if (what.starts_with(before)) found.insert(what.substr(before.size(), what.size() - before.size() - 1));
  }
  return found;
}

bool is_socket(const std::string& path) {
  std::error_code ec;
  return fs::is_socket(path, ec);
}

/// Paths after "unix:" or "local:", or alone, among the words it was started with.
void add_named_on_command_line(std::int32_t pid, std::set<std::string>& into) {
  std::ifstream in(fmt::format("/proc/{}/cmdline", pid), std::ios::binary);
  for (std::string word; std::getline(in, word, '\0');) {
    for (const std::string_view prefix : {"unix:", "local:"}) {
      if (word.starts_with(prefix)) word.erase(0, prefix.size());
    }
    if (word.starts_with('/') && is_socket(word)) into.insert("unix:" + word);
  }
}

}  // namespace

std::vector<std::string> unix_listeners_of(std::int32_t pid) {
  constexpr const char* accepts = "00010000";  // the flag of a listening socket, in the fourth column
  const auto inodes = socket_inodes_of(pid);
  std::ifstream in(fmt::format("/proc/{}/net/unix", pid));
  std::set<std::string> found;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string number, references, protocol, flags, type, state, inode, path;
    words >> number >> references >> protocol >> flags >> type >> state >> inode >> path;
    if (flags == accepts && inodes.contains(inode) && path.starts_with('/') && is_socket(path)) found.insert("unix:" + path);
  }
  add_named_on_command_line(pid, found);
  return {found.begin(), found.end()};
}

}  // namespace nailbiter::target
