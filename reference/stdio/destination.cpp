#include "reference/stdio/destination.hpp"

#include <iterator>

#include <fmt/format.h>

namespace naild::stdio {
namespace {

void append_printable(fmt::memory_buffer& out, base::byte_view text) {
  for (const char byte : text) {
    if (byte == '\n') {
      out.append(base::byte_view("\\n"));
    } else if (byte >= ' ' && byte != 0x7f) {
      out.push_back(byte);
    } else {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    }
  }
}

}  // namespace

destination::destination(std::uint32_t session, port::log_sink& sink, output_watcher& output, input_watcher& input)
    : session_(session), sink_(sink), output_(output, *this), input_(input) {}

void destination::log(port::severity level, base::byte_view text) {
  if (level < least_.load(std::memory_order_relaxed)) return;
  (void)output_.write(stream::standard_error, fmt::format("[{}] {}\n", port::name_of(level), text));
}

void destination::detach() {
  output_.detach();
  input_.end();
}

void destination::late_output(stream which, base::byte_view text) noexcept {
  fmt::memory_buffer line;
  line.append(base::byte_view(which == stream::standard_output ? "late stdout: " : "late stderr: "));
  append_printable(line, text);
  sink_.write(port::severity::info, session_, {line.data(), line.size()});
}

}  // namespace naild::stdio
