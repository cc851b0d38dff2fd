#include "reference/io/spill_files.hpp"

#include "reference/io/file_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace naild::io {
namespace {

class unnamed_file final : public port::spill_file {
 public:
  explicit unnamed_file(file_descriptor file) noexcept : file_(std::move(file)) {}

  bool append(base::byte_view bytes) override {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const auto taken = ::pwrite(file_.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(end_ + done));
      if (taken < 0 && errno == EINTR) continue;
      if (taken <= 0) return false;
      done += static_cast<std::size_t>(taken);
    }
    end_ += done;
    return true;
  }

  bool read_at(std::uint64_t offset, std::span<char> into) override {
    while (!into.empty()) {
      const auto got = ::pread(file_.get(), into.data(), into.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      offset += static_cast<std::uint64_t>(got);
      into = into.subspan(static_cast<std::size_t>(got));
    }
    return true;
  }

  void clear() noexcept override {
    (void)!::ftruncate(file_.get(), 0);
    end_ = 0;
  }

 private:
  file_descriptor file_;
  std::uint64_t end_ = 0;
};

// Absolute: the process may leave its directory.
std::string temporary_folder() {
  const char* asked = std::getenv("TMPDIR");
  std::error_code ec;
  const auto path = std::filesystem::absolute(asked != nullptr && *asked != '\0' ? asked : "/tmp", ec);
  return ec ? "/tmp" : path.string();
}

}  // namespace

spill_files::spill_files() : directory_(temporary_folder()) {}

std::unique_ptr<port::spill_file> spill_files::make() {
  file_descriptor file(::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file) return nullptr;
  return std::make_unique<unnamed_file>(std::move(file));
}

}  // namespace naild::io
