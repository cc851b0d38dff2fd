#include "harness/wire/server_decoder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "harness/wire/exit_payload.hpp"
#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::wire {
namespace {

using naild::base::bytes;
using naild::base::byte_view;
using found = std::vector<irregularity>;

bytes chunk(std::uint8_t type, byte_view payload) {
  bytes out;
  append_chunk(out, type, payload);
  return out;
}

std::vector<server_chunk> decoded(server_decoder& decoder) {
  std::vector<server_chunk> all;
  while (auto next = decoder.next()) all.push_back(std::move(*next));
  return all;
}

found irregularities_of(byte_view stream, std::uint32_t payload_bytes_max = 100) {
  server_decoder decoder(payload_bytes_max);
  decoder.push(stream);
  decoded(decoder);
  decoder.finish();
  return decoder.irregularities();
}

TEST(ServerDecoder, a_regular_stream_has_no_irregularity) {
  EXPECT_EQ(irregularities_of(chunk('S', "") + chunk('1', "out") + chunk('2', "") + chunk('X', "-1")), found{});
}

TEST(ServerDecoder, tells_the_stream_position_of_each_chunk) {
  server_decoder decoder;
  decoder.push(chunk('1', "abc") + chunk('X', "0"));
  const auto all = decoded(decoder);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1], (server_chunk{.type = 'X', .payload = "0", .position = 8}));
}

TEST(ServerDecoder, tells_unknown_client_and_legacy_types_apart) {
  EXPECT_EQ(irregularities_of(chunk('?', "") + chunk('A', "") + chunk('P', "1")),
            (found{{irregularity_kind::unknown_type, 4, '?'}, {irregularity_kind::client_type, 9, 'A'}, {irregularity_kind::legacy_type, 14, 'P'}}));
}

TEST(ServerDecoder, reports_a_payload_on_start_and_a_bad_exit) {
  EXPECT_EQ(irregularities_of(chunk('S', "x") + chunk('X', "one") + chunk('X', "1\n")),
            (found{{irregularity_kind::payload_on_start, 5, 1},
                   {irregularity_kind::bad_exit_payload, 11, static_cast<std::uint32_t>(exit_error::not_a_number)},
                   {irregularity_kind::padded_exit_payload, 19, 2}}));
}

TEST(ServerDecoder, reports_where_the_stream_was_cut) {
  EXPECT_EQ(irregularities_of(chunk('1', "abc").substr(0, 3)), (found{{irregularity_kind::cut_in_header, 3, 2}}));
  EXPECT_EQ(irregularities_of(chunk('1', "abc").substr(0, 6)), (found{{irregularity_kind::cut_in_payload, 6, 2}}));
}

TEST(ServerDecoder, loses_the_stream_at_a_chunk_that_is_too_long) {
  bytes stream = chunk('1', "a");
  append_chunk_header(stream, '1', 101);
  server_decoder decoder(100);
  decoder.push(stream);
  EXPECT_EQ(decoded(decoder).size(), 1u);
  EXPECT_TRUE(decoder.lost());
  EXPECT_EQ(decoder.irregularities(), (found{{irregularity_kind::chunk_too_long, 6, 101}}));
}

TEST(ServerDecoder, keeps_the_first_irregularities_and_counts_the_rest) {
  server_decoder decoder;
  for (int i = 0; i < 100; ++i) decoder.push(chunk('?', ""));
  decoded(decoder);
  EXPECT_EQ(decoder.irregularities().size(), server_decoder::irregularities_max);
  EXPECT_EQ(decoder.irregularity_count(), 100u);
}

TEST(ExitPayload, says_why_it_is_no_exit_code) {
  EXPECT_EQ(parse_exit(" -2147483648\n"), -2147483647 - 1);
  EXPECT_EQ(parse_exit(" \n").error(), exit_error::empty);
  EXPECT_EQ(parse_exit("-").error(), exit_error::not_a_number);
  EXPECT_EQ(parse_exit("2147483648").error(), exit_error::out_of_range);
  EXPECT_EQ(parse_exit("99999999999999999999999").error(), exit_error::out_of_range);
}

RC_GTEST_PROP(ServerDecoder, any_split_decodes_like_the_whole, (const std::vector<std::pair<std::uint8_t, std::string>>& sent)) {
  bytes stream;
  for (const auto& [type, payload] : sent) stream += chunk(type, payload);
  server_decoder whole;
  whole.push(stream);
  server_decoder split;
  std::vector<server_chunk> pieces;
  for (std::size_t at = 0; at < stream.size();) {
    const auto piece = *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(stream.size() - at, 40) + 1);
    split.push(byte_view(stream).substr(at, piece));
    std::ranges::move(decoded(split), std::back_inserter(pieces));
    at += piece;
  }
  RC_ASSERT(pieces == decoded(whole));
  RC_ASSERT(pieces.size() == sent.size());
  RC_ASSERT(split.irregularities() == whole.irregularities());
}

}  // namespace
}  // namespace nailbiter::wire
