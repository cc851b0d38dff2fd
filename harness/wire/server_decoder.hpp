#pragma once

// The harness's own, strict decoder of what a server sends. It shares no line with the daemon's codec, so that it can
// see that codec's mistakes. Keeps every chunk, also an irregular one, and says where the bytes were irregular.
// Judges bytes only: the order of chunks belongs to the checkers.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/base/bytes.hpp"

namespace nailbiter::wire {

enum class irregularity_kind : std::uint8_t {
  unknown_type,         // a type byte that no side sends
  client_type,          // a type byte that only clients send
  legacy_type,          // `P` or `G`: gone since 2020
  payload_on_start,     // `S` that carries bytes
  bad_exit_payload,     // `X` without a decimal int32
  padded_exit_payload,  // `X` with white space around its number: legal for readers, not what naild sends
  chunk_too_long,       // over the decoder's limit; nothing after it can be read
  cut_in_header,        // the stream ended inside the 5 bytes
  cut_in_payload,       // the stream ended inside a payload
};

/// Fixed text for reports; never empty.
const char* describe(irregularity_kind kind) noexcept;

struct irregularity {
  irregularity_kind kind{};
  std::uint64_t position = 0;  // of the offending byte in the stream, from 0
  std::uint32_t detail = 0;    // the type byte, the announced length, or the bytes that are missing

  friend bool operator==(const irregularity&, const irregularity&) = default;
};

std::string to_string(const irregularity& what);

struct server_chunk {
  std::uint8_t type = 0;
  naild::base::bytes payload;
  std::uint64_t position = 0;  // of its first header byte in the stream

  friend bool operator==(const server_chunk&, const server_chunk&) = default;
};

class server_decoder {
 public:
  static constexpr std::uint32_t payload_bytes_max_default = 64u << 20;
  static constexpr std::size_t irregularities_max = 64;  // the first ones are kept, the rest is counted

  explicit server_decoder(std::uint32_t payload_bytes_max = payload_bytes_max_default) noexcept : payload_bytes_max_(payload_bytes_max) {}

  /// Copies the bytes; after chunk_too_long they are counted and dropped.
  void push(naild::base::byte_view bytes);

  /// The next whole chunk, regular or not; nullopt when more bytes are needed or the boundaries are lost.
  std::optional<server_chunk> next();

  /// The stream has ended: reports a chunk that was cut. Call once, after next() has nothing more.
  void finish();

  bool lost() const noexcept { return lost_; }
  std::uint64_t bytes_seen() const noexcept { return bytes_seen_; }
  const std::vector<irregularity>& irregularities() const noexcept { return irregularities_; }
  std::uint64_t irregularity_count() const noexcept { return irregularity_count_; }

 private:
  void inspect(const server_chunk& chunk);
  void report(irregularity_kind kind, std::uint64_t position, std::uint32_t detail);

  std::uint32_t payload_bytes_max_;
  naild::base::bytes pending_;       // from the header of the next chunk on, after `taken_` consumed bytes
  std::size_t taken_ = 0;
  std::uint64_t position_ = 0;       // stream position of the next chunk
  std::uint64_t bytes_seen_ = 0;
  std::uint64_t irregularity_count_ = 0;
  std::vector<irregularity> irregularities_;
  bool lost_ = false;
};

}  // namespace nailbiter::wire
