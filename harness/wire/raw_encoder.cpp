#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::wire {

void append_chunk(naild::base::bytes& out, std::uint8_t type, naild::base::byte_view payload) {
  append_chunk_header(out, type, static_cast<std::uint32_t>(payload.size()));
  out += payload;
}

void append_chunk_header(naild::base::bytes& out, std::uint8_t type, std::uint32_t announced_bytes) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(announced_bytes >> shift & 0xff));
  out.push_back(static_cast<char>(type));
}

}  // namespace nailbiter::wire
