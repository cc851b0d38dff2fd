// Fuzz target: the daemon's decoder of what a client sends.

#include "fuzz/decoder_laws.hpp"
#include "reference/wire/decoder.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::hold_decoder_laws<naild::wire::client_chunk_decoder>(data, size);
  return 0;
}
