#pragma once

// Bytes that name their owner: any slice of 64 of them tells which run wrote them, to which stream and at which offset.
// A line is "NB <run> <fd> <offset>", filled with '.' to 63 bytes (cut there if the name is very long), and '\n';
// <offset> is the decimal offset of the line's first byte. The puppet's `stream FD BYTES` writes the same bytes.

#include <cstdint>
#include <string>
#include <string_view>

namespace nailbiter::plan {

constexpr std::uint64_t stream_line_bytes = 64;

/// Which bytes: those of `run` on `fd` (0 = its stdin, 1 = stdout, 2 = stderr).
struct stream_id {
  std::string run;
  int fd = 1;

  friend bool operator==(const stream_id&, const stream_id&) = default;
};

/// Bytes [offset, offset + count) of the endless stream, appended to `out`. Linear in `count`.
void append_stream(std::string& out, const stream_id& id, std::uint64_t offset, std::uint64_t count);

/// The first `count` bytes.
std::string stream_bytes(const stream_id& id, std::uint64_t count);

/// How many of `received` agree with the endless stream from `offset` on.
std::uint64_t matching_stream_bytes(std::string_view received, const stream_id& id, std::uint64_t offset);

/// The owner that the first whole line of `bytes` names; an empty run when there is none in its first 128 bytes.
stream_id owner_of(std::string_view bytes);

}  // namespace nailbiter::plan
