#include "reference/io/stderr_log.hpp"

#include <unistd.h>

#include <iterator>

#include <fmt/format.h>

namespace naild::io {
namespace {

constexpr std::string_view name_of(port::severity level) noexcept {
  switch (level) {
    case port::severity::debug: return "debug";
    case port::severity::info: return "info";
    case port::severity::warning: return "warning";
    case port::severity::error: return "error";
  }
  return "unknown";
}

}  // namespace

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
