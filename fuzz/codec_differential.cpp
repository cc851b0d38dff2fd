// Fuzz target: the daemon's codec and the harness's own must read every byte string alike, and write chunks alike.

#include <algorithm>

#include "fuzz/decoder_laws.hpp"
#include "harness/wire/exit_payload.hpp"
#include "harness/wire/raw_encoder.hpp"
#include "harness/wire/server_decoder.hpp"
#include "reference/wire/decoder.hpp"
#include "reference/wire/encoder.hpp"

namespace {

using fuzz::require;

// What neither side, or only a client, sends is what the daemon's types call unknown.
void agree_on_types(const fuzz::decoding& reference, const nailbiter::wire::server_decoder& harness) {
  using kind = nailbiter::wire::irregularity_kind;
  const auto& found = harness.irregularities();
  if (harness.irregularity_count() != found.size()) return;  // not all of them were kept
  const auto is_unknown = [](const auto& chunk) { return naild::wire::server_type_of(chunk.first) == naild::wire::server_chunk_type::unknown; };
  const auto is_of_type = [](const auto& what) {
    return what.kind == kind::unknown_type || what.kind == kind::client_type || what.kind == kind::legacy_type;
  };
  require(std::ranges::count_if(reference.chunks, is_unknown) == std::ranges::count_if(found, is_of_type), "both know the same types of a server");
}

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
      if (!code) require(*nailbiter::wire::describe(code.error()) != 0, "a wrong exit code can be told");
      require(code.has_value() == expected.has_value() && (!code || *code == *expected), "both read the same exit code");
    }
  }
  decoder.finish();
  require(index == reference.chunks.size(), "the daemon finds no more chunks than the harness");
  require(decoder.lost() == reference.failed, "both lose the stream at the same chunk");
  agree_on_types(reference, decoder);
  for (const auto& what : decoder.irregularities()) require(!to_string(what).empty(), "an irregularity can be told");
}

template <class Type>
void agree_on_bytes(Type type, naild::base::byte_view payload) {
  const auto byte = static_cast<std::uint8_t>(type);
  naild::base::bytes reference;
  naild::base::bytes harness;
  naild::wire::append_chunk(reference, type, payload);
  nailbiter::wire::append_chunk(harness, byte, payload);
  naild::wire::append_chunk_header(reference, type, static_cast<std::uint32_t>(payload.size()));
  nailbiter::wire::append_chunk_header(harness, byte, static_cast<std::uint32_t>(payload.size()));
  require(reference == harness, "both write the same bytes");
}

void agree_on_exit(naild::base::byte_view bytes) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(0, 4)) number = number << 8 | static_cast<std::uint8_t>(byte);
  const auto code = static_cast<std::int32_t>(number);
  naild::base::bytes written;
  naild::wire::append_exit(written, code);
  nailbiter::wire::server_decoder decoder;
  decoder.push(written);
  const auto chunk = decoder.next();
  require(chunk && decoder.irregularity_count() == 0, "an exit code is written as one regular chunk");
  const auto read = nailbiter::wire::parse_exit(chunk->payload);
  require(read && *read == code, "an exit code that is written is the one that is read");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::fuzz_input input(data, size);
  const std::uint32_t limit = fuzz::limit_of(input.byte());
  const std::size_t piece_bytes = std::size_t{input.byte()} + 1;
  const auto stream = input.rest();
  agree_on_chunks(stream, piece_bytes, limit);
  using client = naild::wire::client_chunk_type;
  using server = naild::wire::server_chunk_type;
  for (const auto type : {client::argument, client::environment, client::working_dir, client::command, client::heartbeat, client::stdin_data, client::stdin_eof})
    agree_on_bytes(type, stream);
  for (const auto type : {server::start_reading_stdin, server::stdout_data, server::stderr_data, server::exit}) agree_on_bytes(type, stream);
  agree_on_exit(stream);
  return 0;
}
