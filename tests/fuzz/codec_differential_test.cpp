// The two codecs were written apart; they must agree on all byte strings.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "harness/wire/raw_encoder.hpp"
#include "harness/wire/server_decoder.hpp"
#include "reference/wire/decoder.hpp"

namespace {

using naild::base::bytes;
using owned = std::pair<int, bytes>;

/// Mostly chunks with short payloads and sometimes a lie in the length, then any bytes.
bytes any_stream() {
  bytes stream;
  const auto chunks = *rc::gen::inRange(0, 8);
  for (int i = 0; i < chunks; ++i) {
    const auto payload = *rc::gen::arbitrary<std::string>();
    const bool is_known = *rc::gen::arbitrary<bool>();
    const auto type = is_known ? static_cast<std::uint8_t>(*rc::gen::elementOf(std::string("SX12AEDCH0."))) : *rc::gen::arbitrary<std::uint8_t>();
    if (*rc::gen::inRange(0, 20) == 0) nailbiter::wire::append_chunk_header(stream, type, *rc::gen::arbitrary<std::uint32_t>());
    else nailbiter::wire::append_chunk(stream, type, payload);
  }
  return stream + *rc::gen::arbitrary<std::string>();
}

RC_GTEST_PROP(Codecs, agree_on_all_byte_strings, ()) {
  const bytes stream = any_stream();
  const std::uint32_t limit = *rc::gen::element<std::uint32_t>(4u, 40u, 1u << 20);
  naild::wire::server_chunk_decoder reference(limit);
  nailbiter::wire::server_decoder harness(limit);
  reference.push(stream);
  harness.push(stream);
  for (;;) {
    const auto expected = reference.next();
    const auto found = harness.next();
    RC_ASSERT(harness.lost() == !expected.has_value());
    if (!expected || !*expected) {
      RC_ASSERT(!found.has_value());
      break;
    }
    RC_ASSERT(found.has_value());
    RC_ASSERT((owned{found->type, found->payload}) == (owned{(*expected)->type_byte, bytes((*expected)->payload)}));
  }
}

}  // namespace
