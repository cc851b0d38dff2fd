#include "harness/bench/load.hpp"

#include <gtest/gtest.h>

#include "harness/bench/floor.hpp"
#include "harness/bench/instructions.hpp"

namespace nailbiter::bench {
namespace {

TEST(Load, frames_a_chunk) { EXPECT_EQ(chunk('C', "ab"), std::string("\0\0\0\2Cab", 7)); }

TEST(Load, says_which_server_cannot_be_reached) {
  const auto result = generate({.socket_path = "/nonexistent/socket", .header = "", .connections = 1, .runs = 1});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().find("/nonexistent/socket"), std::string::npos);
}

TEST(Load, has_a_rate_and_a_middle_latency) {
  const load_result result{.duration_ns = 2'000'000'000, .latencies_ns = {1'000, 9'000, 5'000}};
  EXPECT_EQ(result.p50_us(), 5.0);
  EXPECT_EQ(result.runs_per_s(), 1.5);
}

TEST(Floor, finds_the_end_of_a_header_at_every_split) {
  const auto header = chunk('D', "/") + chunk('C', "puppet");
  for (std::size_t size = 0; size < header.size(); ++size) EXPECT_EQ(header_length(header.data(), size), 0u) << size;
  EXPECT_EQ(header_length(header.data(), header.size()), header.size());
}

TEST(Instructions, are_read_from_the_total_of_callgrind) {
  EXPECT_EQ(total_of("events: Ir\nsummary: 123456\n\ntotals: 9\n"), 123456.0);
  EXPECT_EQ(total_of("nothing"), 0.0);
}

}  // namespace
}  // namespace nailbiter::bench
