#include "reference/io/stray_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "reference/base/printable.hpp"
#include "reference/io/fd_stream.hpp"

namespace naild::io {
namespace {

constexpr std::size_t piece_bytes = 16u << 10;
constexpr int last_pieces_max = 256;  // somebody may still write

}  // namespace

stray_output::stray_output(loop& owner, int stray, port::log_sink& log) : stray_(stray), log_(log) {
  if (stray >= 0) source_ = make_pipe_stream(owner, file_descriptor(::fcntl(stray, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)));
}

stray_output::~stray_output() = default;

task::task<> stray_output::read_on() {
  if (source_ == nullptr) co_return;
  base::bytes piece(piece_bytes, '\0');
  for (;;) {
    const auto got = co_await source_->read_some(std::span<char>(piece));
    if (!got) co_return;
    take({piece.data(), *got});
  }
}

void stray_output::finish() {
  char piece[4096];
  for (int count = 0; stray_ >= 0 && count < last_pieces_max; ++count) {
    const ssize_t got = ::read(stray_, piece, sizeof piece);
    if (got <= 0) break;
    take({piece, static_cast<std::size_t>(got)});
  }
  if (!rest_.empty()) log_line(rest_);
  rest_.clear();
  if (bytes_ > 0) log_.write(port::severity::warning, 0, fmt::format("stray output: {} bytes in all", bytes_));
}

void stray_output::take(base::byte_view text) {
  bytes_ += text.size();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t taken = std::min(end, line_bytes_max - rest_.size());
    const bool whole = taken == end && end < text.size();
    rest_.append(text.substr(0, taken));
    text.remove_prefix(whole ? taken + 1 : taken);
    if (!whole && rest_.size() < line_bytes_max) continue;
    log_line(rest_);
    rest_.clear();
  }
}

void stray_output::log_line(base::byte_view text) {
  if (logged_bytes_ > logged_bytes_max) return;
  const base::bytes line = "stray output: " + base::printable(text);
  logged_bytes_ += line.size();
  const bool last = logged_bytes_ > logged_bytes_max;
  log_.write(port::severity::warning, 0, line);
  if (last) log_.write(port::severity::warning, 0, "stray output: from here on it is only counted");
}

}  // namespace naild::io
