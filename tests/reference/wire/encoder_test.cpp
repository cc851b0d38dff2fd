#include "reference/wire/encoder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "reference/wire/decoder.hpp"

namespace naild::wire {
namespace {

using base::bytes;

TEST(Encoder, writes_the_length_big_endian_before_the_type) {
  bytes out;
  append_chunk(out, server_chunk_type::stdout_data, bytes(258, 'x'));
  EXPECT_EQ(out.substr(0, 5), bytes("\0\0\1\2" "1", 5));
  EXPECT_EQ(out.size(), 263u);
}

TEST(Encoder, writes_an_exit_code_in_decimal_without_a_newline) {
  bytes out;
  append_exit(out, std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(out, bytes("\0\0\0\x0bX-2147483648", 16));
}

TEST(ExitCode, trims_white_space_and_refuses_what_is_no_int32) {
  EXPECT_EQ(parse_exit_code(" -7\n"), -7);
  EXPECT_EQ(parse_exit_code("2147483648"), std::nullopt);
  for (const char* bad : {"", " \n", "-", "+1", "1 2", "0x1", "1\1"}) EXPECT_EQ(parse_exit_code(bad), std::nullopt) << bad;
}

RC_GTEST_PROP(Encoder, every_chunk_comes_back, (const std::string& payload, std::int32_t code)) {
  bytes out;
  append_chunk(out, server_chunk_type::stderr_data, payload);
  append_exit(out, code);
  server_chunk_decoder decoder;
  decoder.push(out);
  const auto first = decoder.next();
  RC_ASSERT((*first)->type == server_chunk_type::stderr_data);
  RC_ASSERT((*first)->payload == payload);
  const auto second = decoder.next();
  RC_ASSERT((*second)->type == server_chunk_type::exit);
  RC_ASSERT(parse_exit_code((*second)->payload) == code);
}

}  // namespace
}  // namespace naild::wire
