#include "reference/io/run_log_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "reference/io/file_descriptor.hpp"

namespace naild::io {
namespace {

class appended_file final : public port::run_log_file {
 public:
  explicit appended_file(file_descriptor file) noexcept : file_(std::move(file)) {}

  bool append(base::byte_view line) override {
    return ::write(file_.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size());
  }

 private:
  file_descriptor file_;
};

bool is_regular(const file_descriptor& file) noexcept {
  struct stat about {};
  return ::fstat(file.get(), &about) == 0 && S_ISREG(about.st_mode);
}

}  // namespace

tl::expected<std::shared_ptr<port::run_log_file>, std::string> run_log_files::open(const base::bytes& path) {
  // Without waiting: a pipe or a device of that name is refused below.
  constexpr int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
  file_descriptor file(::open(path.c_str(), flags, S_IRUSR | S_IWUSR));
  if (!file) return tl::unexpected(std::string(std::strerror(errno)));
  if (!is_regular(file)) return tl::unexpected(std::string("it is no regular file"));
  return std::make_shared<appended_file>(std::move(file));
}

base::bytes run_log_files::take(const base::bytes& path) {
  const file_descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK));
  base::bytes text;
  if (!file || !is_regular(file)) return text;
  char piece[4096];
  for (ssize_t got = 0; (got = ::read(file.get(), piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(got));
  ::unlink(path.c_str());
  return text;
}

}  // namespace naild::io
