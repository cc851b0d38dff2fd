#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::wire {

void append_chunk(naild::base::bytes& out, std::uint8_t type, naild::base::byte_view payload) {
  append_chunk_header(out, type, static_cast<std::uint32_t>(payload.size()));
  out += payload;
}

void append_chunk_header(naild::base::bytes& out, std::uint8_t type, std::uint32_t announced_bytes) {
  const auto byte_at = [=](int shift) { return static_cast<char>(announced_bytes >> shift & 0xff); };
  out.append({byte_at(24), byte_at(16), byte_at(8), byte_at(0), static_cast<char>(type)});
}

}  // namespace nailbiter::wire
