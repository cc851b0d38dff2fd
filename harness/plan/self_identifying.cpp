#include "harness/plan/self_identifying.hpp"

#include <algorithm>
#include <charconv>

namespace nailbiter::plan {
namespace {

// Writes the lines of one stream without allocating for each.
class line_writer {
 public:
  explicit line_writer(const stream_id& id)
      : prefix_("NB " + id.run + ' ' + std::to_string(id.fd) + ' '), line_(stream_line_bytes, '.') {
    line_.replace(0, std::min<std::size_t>(prefix_.size(), text_bytes_max), prefix_, 0, text_bytes_max);
    line_.resize(stream_line_bytes);
    line_.back() = '\n';
  }

  const std::string& line(std::uint64_t offset) {
    if (prefix_.size() >= text_bytes_max) return line_;
    char digits[20];
    const char* end = std::to_chars(digits, digits + sizeof digits, offset).ptr;
    auto at = line_.begin() + static_cast<std::ptrdiff_t>(prefix_.size());
    const auto room = std::min<std::ptrdiff_t>(end - digits, line_.end() - 1 - at);
    at = std::copy(digits, digits + room, at);
    std::fill(at, line_.end() - 1, '.');
    return line_;
  }

 private:
  static constexpr std::size_t text_bytes_max = stream_line_bytes - 1;
  std::string prefix_;
  std::string line_;
};

}  // namespace

void append_stream(std::string& out, const stream_id& id, std::uint64_t offset, std::uint64_t count) {
  out.reserve(out.size() + count);
  line_writer lines(id);
  for (const std::uint64_t end = offset + count; offset < end;) {
    const std::uint64_t inside = offset % stream_line_bytes;
    const std::uint64_t taken = std::min(stream_line_bytes - inside, end - offset);
    out.append(lines.line(offset - inside), inside, taken);
    offset += taken;
  }
}

std::string stream_bytes(const stream_id& id, std::uint64_t count) {
  std::string bytes;
  append_stream(bytes, id, 0, count);
  return bytes;
}

std::uint64_t matching_stream_bytes(std::string_view received, const stream_id& id, std::uint64_t offset) {
  line_writer lines(id);
  std::uint64_t matched = 0;
  while (matched < received.size()) {
    const std::uint64_t inside = (offset + matched) % stream_line_bytes;
    const std::string_view expected = std::string_view(lines.line(offset + matched - inside)).substr(inside);
    const std::string_view piece = received.substr(matched, expected.size());
    const auto differs = std::mismatch(piece.begin(), piece.end(), expected.begin());
    matched += static_cast<std::uint64_t>(differs.first - piece.begin());
    if (differs.first != piece.end()) break;
  }
  return matched;
}

stream_id owner_of(std::string_view bytes) {
  const std::string_view window = bytes.substr(0, 2 * stream_line_bytes);
  for (std::size_t at = window.find("NB "); at != std::string_view::npos; at = window.find("NB ", at + 1)) {
    const std::string_view line = window.substr(at + 3);
    const std::size_t name_end = line.find(' ');
    if (name_end == std::string_view::npos || name_end + 2 >= line.size()) continue;
    const char fd = line[name_end + 1];
    if (fd < '0' || fd > '9' || line[name_end + 2] != ' ') continue;
    return {.run = std::string(line.substr(0, name_end)), .fd = fd - '0'};
  }
  return {.run = "", .fd = 0};
}

}  // namespace nailbiter::plan
