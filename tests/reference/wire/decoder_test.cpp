#include "reference/wire/decoder.hpp"

#include <gtest/gtest.h>
#include <malloc.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "reference/wire/encoder.hpp"

namespace naild::wire {
namespace {

using base::bytes;
using base::byte_view;
using owned = std::pair<int, bytes>;  // type byte, payload

template <class Decoder>
std::vector<owned> decoded(Decoder& decoder) {
  std::vector<owned> all;
  for (;;) {
    const auto next = decoder.next();
    if (!next || !*next) return all;
    all.emplace_back((*next)->type_byte, bytes((*next)->payload));
  }
}

bytes header_of(std::uint32_t length, char type) {
  return {static_cast<char>(length >> 24), static_cast<char>(length >> 16), static_cast<char>(length >> 8), static_cast<char>(length), type};
}

TEST(ClientDecoder, keeps_no_memory_of_a_large_chunk_that_came_in_pieces) {
  bytes whole;
  append_chunk(whole, client_chunk_type::argument, bytes(100'000, 'x'));
  client_chunk_decoder decoder;
  const std::size_t before = mallinfo2().uordblks;  // a sanitizer's heap says 0, always
  decoder.push(byte_view(whole).substr(0, 60'000));
  EXPECT_TRUE(decoded(decoder).empty());
  EXPECT_GE(mallinfo2().uordblks + (before == 0 ? 60'000 : 0), before + 60'000);
  decoder.push(byte_view(whole).substr(60'000));
  EXPECT_EQ(decoded(decoder).size(), 1u);
  EXPECT_LE(mallinfo2().uordblks, before + 10'000);
}

TEST(ClientDecoder, holds_a_partial_chunk_until_the_rest_arrives) {
  bytes whole;
  append_chunk(whole, client_chunk_type::argument, "abc");
  client_chunk_decoder decoder;
  decoder.push(byte_view(whole).substr(0, 6));
  EXPECT_TRUE(decoded(decoder).empty());
  EXPECT_EQ(decoder.pending_bytes(), 6u);
  decoder.push(byte_view(whole).substr(6));
  EXPECT_EQ(decoded(decoder), (std::vector<owned>{{'A', "abc"}}));
  EXPECT_EQ(decoder.pending_bytes(), 0u);
}

TEST(ClientDecoder, does_not_copy_a_chunk_that_arrives_whole) {
  bytes whole;
  append_chunk(whole, client_chunk_type::stdin_data, "abc");
  client_chunk_decoder decoder;
  decoder.push(whole);
  const auto found = decoder.next();
  EXPECT_EQ((*found)->payload.data(), whole.data() + chunk_header_bytes);
}

TEST(ClientDecoder, an_empty_payload_is_a_chunk_and_not_the_end) {
  client_chunk_decoder decoder;
  const bytes input = header_of(0, '.') + header_of(0, 'H');
  decoder.push(input);
  EXPECT_EQ(decoded(decoder), (std::vector<owned>{{'.', ""}, {'H', ""}}));
}

TEST(ClientDecoder, reads_the_length_as_unsigned) {
  client_chunk_decoder decoder(0xffffffffu);
  const bytes input = header_of(0x80000000u, '0');
  decoder.push(input);
  const auto found = decoder.next();
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->has_value());
}

TEST(ClientDecoder, gives_a_type_of_a_server_as_unknown_with_its_byte) {
  client_chunk_decoder decoder;
  const bytes input = header_of(0, 'X');
  decoder.push(input);
  const auto found = decoder.next();
  EXPECT_EQ((*found)->type, client_chunk_type::unknown);
  EXPECT_EQ((*found)->type_byte, 'X');
}

TEST(ClientDecoder, refuses_a_length_over_the_limit_before_the_payload_comes_and_stays_failed) {
  client_chunk_decoder decoder(4);
  decoder.push("\xff\xff\xff\xff");
  EXPECT_EQ(decoder.next().error(), wire_error::chunk_too_long);
  EXPECT_EQ(decoder.announced_bytes(), 0xffffffffu);
  const bytes input = header_of(0, 'H');
  decoder.push(input);
  EXPECT_EQ(decoder.next().error(), wire_error::chunk_too_long);
}

TEST(ClientDecoder, accepts_a_payload_of_exactly_the_limit) {
  client_chunk_decoder decoder(4);
  const bytes input = header_of(4, '0') + "abcd";
  decoder.push(input);
  EXPECT_EQ(decoded(decoder), (std::vector<owned>{{'0', "abcd"}}));
}

TEST(ClientDecoder, keeps_chunks_of_several_pushes_without_a_next_between) {
  const bytes first = header_of(1, 'A') + "a" + header_of(2, 'E');
  const bytes second = "x=" + header_of(0, 'C');
  client_chunk_decoder decoder;
  decoder.push(first);
  decoder.push(second);
  EXPECT_EQ(decoded(decoder), (std::vector<owned>{{'A', "a"}, {'E', "x="}, {'C', ""}}));
}

RC_GTEST_PROP(ServerDecoder, any_split_decodes_like_the_whole, (const std::vector<std::pair<std::uint8_t, std::string>>& sent)) {
  bytes stream;
  std::vector<owned> expected;
  for (const auto& [type, payload] : sent) {
    stream += header_of(static_cast<std::uint32_t>(payload.size()), static_cast<char>(type)) + payload;
    expected.emplace_back(type, payload);
  }
  server_chunk_decoder decoder;
  std::vector<owned> received;
  for (std::size_t at = 0; at < stream.size();) {
    const auto piece = *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(stream.size() - at, 40) + 1);
    decoder.push(byte_view(stream).substr(at, piece));
    if (*rc::gen::arbitrary<bool>()) std::ranges::move(decoded(decoder), std::back_inserter(received));
    at += piece;
  }
  std::ranges::move(decoded(decoder), std::back_inserter(received));
  RC_ASSERT(received == expected);
  RC_ASSERT(decoder.pending_bytes() == 0u);
}

RC_GTEST_PROP(ServerDecoder, never_holds_more_than_was_pushed_and_fails_for_good, (const std::vector<std::string>& pieces)) {
  server_chunk_decoder decoder(16);
  std::size_t pushed = 0;
  bool failed = false;
  for (const auto& piece : pieces) {
    decoder.push(piece);
    pushed += piece.size();
    for (;;) {
      const auto next = decoder.next();
      RC_ASSERT(!failed || !next);
      failed = failed || !next;
      if (!next || !*next) break;
      RC_ASSERT((*next)->payload.size() <= 16u);
    }
    RC_ASSERT(decoder.pending_bytes() <= pushed);
    if (failed) RC_ASSERT(decoder.pending_bytes() == 0u);
    if (!failed) RC_ASSERT(decoder.pending_bytes() < 16u + chunk_header_bytes);
  }
}

}  // namespace
}  // namespace naild::wire
