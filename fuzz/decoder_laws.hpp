#pragma once

// The laws of an incremental decoder, held against any byte string: the input's first byte chooses the limit, its
// second the size of the pieces.

#include <utility>
#include <vector>

#include "fuzz/fuzz_input.hpp"
#include "reference/wire/chunk.hpp"
#include "reference/wire/wire_error.hpp"

namespace fuzz {

struct decoding {
  std::vector<std::pair<std::uint8_t, naild::base::bytes>> chunks;  // type byte, payload
  bool failed = false;

  friend bool operator==(const decoding&, const decoding&) = default;
};

inline constexpr std::uint32_t limit_of(std::uint8_t choice) noexcept { return choice < 128 ? choice : 1u << 20; }

/// Reads what the decoder has; it must stay failed once it has failed.
template <class Decoder>
void drain(Decoder& decoder, decoding& into, std::uint32_t chunk_bytes_max) {
  for (;;) {
    const auto next = decoder.next();
    require(!into.failed || !next, "a failed decoder stays failed");
    into.failed = !next;
    require((decoder.announced_bytes() > chunk_bytes_max) == into.failed, "a length is refused for being over the limit, and is told");
    if (!next) require(*naild::wire::describe(next.error()) != 0, "an error has a text");
    if (!next || !*next) break;
    require((*next)->payload.size() <= chunk_bytes_max, "no payload over the limit");
    into.chunks.emplace_back((*next)->type_byte, naild::base::bytes((*next)->payload));
  }
  require(decoder.pending_bytes() < chunk_bytes_max + std::size_t{naild::wire::chunk_header_bytes}, "never holds a whole chunk back");
}

template <class Decoder>
decoding decode_in_pieces(naild::base::byte_view stream, std::size_t piece_bytes, std::uint32_t chunk_bytes_max) {
  Decoder decoder(chunk_bytes_max);
  decoding found;
  for (std::size_t at = 0; at < stream.size(); at += piece_bytes) {
    const naild::base::bytes piece(stream.substr(at, piece_bytes));  // its own allocation: a view kept too long is a use after free
    decoder.push(piece);
    drain(decoder, found, chunk_bytes_max);
  }
  return found;
}

template <class Decoder>
void hold_decoder_laws(const std::uint8_t* data, std::size_t size) {
  fuzz_input input(data, size);
  const std::uint32_t chunk_bytes_max = limit_of(input.byte());
  const std::size_t piece_bytes = std::size_t{input.byte()} + 1;
  const auto stream = input.rest();
  const decoding whole = decode_in_pieces<Decoder>(stream, stream.size() + 1, chunk_bytes_max);
  require(decode_in_pieces<Decoder>(stream, piece_bytes, chunk_bytes_max) == whole, "any split decodes like the whole");
}

}  // namespace fuzz
