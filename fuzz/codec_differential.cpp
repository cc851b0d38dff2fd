// Fuzz target: the daemon's codec and the harness's own must read every byte string alike, and write chunks alike.

#include "fuzz/decoder_laws.hpp"
#include "harness/wire/exit_payload.hpp"
#include "harness/wire/raw_encoder.hpp"
#include "harness/wire/server_decoder.hpp"
#include "reference/wire/decoder.hpp"
#include "reference/wire/encoder.hpp"

namespace {

using fuzz::require;

void agree_on_chunks(naild::base::byte_view stream, std::size_t piece_bytes, std::uint32_t limit) {
  const auto reference = fuzz::decode_in_pieces<naild::wire::server_chunk_decoder>(stream, stream.size() + 1, limit);
  nailbiter::wire::server_decoder decoder(limit);
  std::size_t index = 0;
  for (std::size_t at = 0; at < stream.size(); at += piece_bytes) {
    decoder.push(stream.substr(at, piece_bytes));
    while (const auto chunk = decoder.next()) {
      require(index < reference.chunks.size(), "the harness finds no more chunks than the daemon");
      const auto& [type, payload] = reference.chunks[index++];
      require(chunk->type == type && chunk->payload == payload, "both find the same chunks");
      const auto code = nailbiter::wire::parse_exit(payload);
      const auto expected = naild::wire::parse_exit_code(payload);
      require(code.has_value() == expected.has_value() && (!code || *code == *expected), "both read the same exit code");
    }
  }
  decoder.finish();
  require(index == reference.chunks.size(), "the daemon finds no more chunks than the harness");
  require(decoder.lost() == reference.failed, "both lose the stream at the same chunk");
}

void agree_on_bytes(naild::base::byte_view payload) {
  naild::base::bytes reference;
  naild::base::bytes harness;
  naild::wire::append_chunk(reference, naild::wire::client_chunk_type::stdin_data, payload);
  nailbiter::wire::append_chunk(harness, '0', payload);
  require(reference == harness, "both write the same bytes");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::fuzz_input input(data, size);
  const std::uint32_t limit = fuzz::limit_of(input.byte());
  const std::size_t piece_bytes = std::size_t{input.byte()} + 1;
  const auto stream = input.rest();
  agree_on_chunks(stream, piece_bytes, limit);
  agree_on_bytes(stream);
  return 0;
}
