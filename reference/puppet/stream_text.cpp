#include "reference/puppet/stream_text.hpp"

#include <algorithm>
#include <charconv>

namespace naild::puppet {
namespace {

constexpr std::uint64_t line_bytes = 64;
constexpr std::size_t text_bytes_max = line_bytes - 1;

}  // namespace

stream_text::stream_text(base::byte_view run, int fd) {
  line_ = "NB ";
  line_.append(run).append(" ").append(std::to_string(fd)).append(" ");
  line_.resize(std::min(line_.size(), text_bytes_max));
  prefix_bytes_ = line_.size();
  line_.resize(text_bytes_max, '.');
  line_ += '\n';
}

void stream_text::append(base::bytes& out, std::uint64_t offset, std::uint64_t count) {
  while (count > 0) {
    const std::uint64_t inside = offset % line_bytes;
    const std::uint64_t piece = std::min(line_bytes - inside, count);
    set_line(offset - inside);
    out.append(line_, inside, piece);
    offset += piece;
    count -= piece;
  }
}

void stream_text::set_line(std::uint64_t number) {
  char digits[20];
  const auto written = static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, number).ptr - digits);
  const std::size_t room = text_bytes_max - prefix_bytes_;
  const std::size_t shown = std::min(written, room);
  // A shorter offset may follow a longer one: the rest of the line is dots again.
  std::fill(line_.begin() + static_cast<std::ptrdiff_t>(prefix_bytes_ + shown), line_.end() - 1, '.');
  std::copy_n(digits, shown, line_.begin() + static_cast<std::ptrdiff_t>(prefix_bytes_));
}

}  // namespace naild::puppet
