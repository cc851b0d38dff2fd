#include "reference/io/stderr_log.hpp"

#include <unistd.h>

#include <iterator>

#include <fmt/format.h>

namespace naild::io {

void stderr_log::write(port::severity level, std::uint32_t session, std::string_view text) noexcept {
  if (level < least_) return;
  fmt::memory_buffer line;
  if (session == 0) {
    fmt::format_to(std::back_inserter(line), "{}: {}\n", name_of(level), text);
  } else {
    fmt::format_to(std::back_inserter(line), "{}: session {}: {}\n", name_of(level), session, text);
  }
  [[maybe_unused]] const ssize_t ignored = ::write(fd_, line.data(), line.size());
}

}  // namespace naild::io
