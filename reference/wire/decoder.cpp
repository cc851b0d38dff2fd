#include "reference/wire/decoder.hpp"

namespace naild::wire {

result<std::optional<client_chunk>> client_chunk_decoder::next() {
  const auto found = splitter_.next();
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::nullopt;
  const raw_chunk& raw = **found;
  return client_chunk{.type = client_type_of(raw.type_byte), .type_byte = raw.type_byte, .payload = raw.payload};
}

result<std::optional<server_chunk>> server_chunk_decoder::next() {
  const auto found = splitter_.next();
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::nullopt;
  const raw_chunk& raw = **found;
  return server_chunk{.type = server_type_of(raw.type_byte), .type_byte = raw.type_byte, .payload = raw.payload};
}

}  // namespace naild::wire
