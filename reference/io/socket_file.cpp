#include "reference/io/socket_file.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "reference/io/path_lock.hpp"
#include "reference/io/socket_address.hpp"

namespace naild::io {
namespace {

using refusal = tl::unexpected<std::string>;

// A daemon that starts waits for another one; a daemon that ends has runs to answer yet.
constexpr std::chrono::milliseconds start_patience{2'000};
constexpr std::chrono::milliseconds end_patience{200};
constexpr int attempts_max = 8;  // others than naild may make and remove the file meanwhile

refusal refuse(std::string_view what, const std::string& path, int error_number) {
  return refusal(fmt::format("{} '{}': {}", what, path, std::strerror(error_number)));
}

tl::expected<socket_address, std::string> unix_address(const std::string& path) {
  return to_socket_address({.kind = port::transport::unix_socket, .name = path, .port = 0});
}

enum class occupant { none, dead_socket };

// Somebody who accepts, or whose backlog is full, is alive.
tl::expected<occupant, std::string> look_at(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return occupant::none;
    return refuse("cannot look at", path, errno);
  }
  if (!S_ISSOCK(found.st_mode)) return refusal(fmt::format("'{}' exists and is not a socket", path));
  const auto target = unix_address(path);
  const file_descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!probe) return refuse("cannot probe", path, errno);
  if (::connect(probe.get(), target->get(), target->size) == 0 || errno == EAGAIN) {
    return refusal(fmt::format("a daemon is already listening on '{}'", path));
  }
  if (errno == ECONNREFUSED) return occupant::dead_socket;
  if (errno == ENOENT) return occupant::none;
  return refuse("cannot probe", path, errno);
}

// Through the directory's descriptor the temporary name fits in a socket address however long the directory's is.
struct temporary_name {
  file_descriptor directory;
  std::string path;

  explicit temporary_name(const std::string& final_path) {
    const auto slash = final_path.rfind('/');
    std::string parent = slash == final_path.npos ? "." : final_path.substr(0, slash + 1);
    directory = file_descriptor(::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    path = fmt::format("/proc/self/fd/{}/.naild-{}-{}", directory.get(), ::getpid(), directory.get());
  }
  temporary_name(const temporary_name&) = delete;
  temporary_name& operator=(const temporary_name&) = delete;
  ~temporary_name() {
    if (directory) ::unlink(path.c_str());
  }
};

// 0 or errno. Where nobody was, nobody is replaced, so that of two daemons that start at once one loses.
int move_into_place(const std::string& from, const std::string& to, occupant replaced) {
  if (replaced == occupant::dead_socket) return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL) return errno;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;  // a file system without it
}

}  // namespace

socket_file::socket_file(socket_file&& other) noexcept
    : path_(std::exchange(other.path_, {})), device_(other.device_), inode_(other.inode_) {}

socket_file& socket_file::operator=(socket_file&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(device_, other.device_);
  std::swap(inode_, other.inode_);
  return *this;
}

tl::expected<socket_file, std::string> socket_file::listen(const file_descriptor& socket, const std::string& path, int backlog) {
  if (const auto fits = unix_address(path); !fits) return refusal(fits.error());
  const temporary_name temporary(path);
  if (!temporary.directory) return refuse("cannot open the directory of", path, errno);
  const auto name = unix_address(temporary.path);
  if (!name) return refusal(name.error());
  // The mode of the descriptor is the file's, less the umask; the second call gives back what a strange umask took.
  if (::fchmod(socket.get(), S_IRUSR | S_IWUSR) != 0) return refuse("cannot set the mode of", path, errno);
  ::unlink(temporary.path.c_str());  // left by a dead process with our number
  if (::bind(socket.get(), name->get(), name->size) != 0) return refuse("cannot make", path, errno);
  if (::chmod(temporary.path.c_str(), S_IRUSR | S_IWUSR) != 0) return refuse("cannot set the mode of", path, errno);
  if (::listen(socket.get(), backlog) != 0) return refuse("cannot listen on", path, errno);

  struct stat made {};
  if (::lstat(temporary.path.c_str(), &made) != 0) return refuse("cannot look at", path, errno);
  // Who replaces a dead socket must not meet one that came to life since it was looked at.
  const auto alone = path_lock::take(path, start_patience);
  if (!alone && alone.error() == EAGAIN) {
    return refusal(fmt::format("another process is about to listen on '{0}': it holds '{0}.lock' and does not go on", path));
  }
  if (!alone) return refuse("cannot lock", path, alone.error());
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    const auto there = look_at(path);
    if (!there) return refusal(there.error());
    const int error_number = move_into_place(temporary.path, path, *there);
    if (error_number == EEXIST) continue;
    if (error_number != 0) return refuse("cannot move into place", path, error_number);
    socket_file file;
    std::error_code ec;
    file.path_ = std::filesystem::absolute(path, ec).string();  // whatever the directory is by the end
    if (ec) file.path_ = path;
    file.device_ = made.st_dev;
    file.inode_ = made.st_ino;
    return file;
  }
  return refusal(fmt::format("'{}' is made and removed by others again and again", path));
}

void socket_file::remove() noexcept {
  if (path_.empty()) return;
  const auto alone = path_lock::take(path_, end_patience);  // without it a dead socket is left, which the next one replaces
  struct stat found {};
  const bool ours = alone && ::lstat(path_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_;
  if (ours) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace naild::io
