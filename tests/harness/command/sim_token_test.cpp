#include "harness/command/sim_token.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::command {
namespace {

RC_GTEST_PROP(Sim_token, is_read_back_as_it_was_written, (std::uint64_t seed)) {
  const sim_token token{.seed = seed, .strategy = "pct", .case_id = "cancel/full[leave=close,path=a:b]"};
  RC_ASSERT(parse_sim_token(to_string(token)) == token);
}

TEST(Sim_token, refuses_what_is_none) {
  for (const auto* bad : {"", "sim1:", "sim1:1", "sim1:1:pos", "sim1:1:pos:", "sim1:1::case", "sim1:x:pos:case", "sim2:1:pos:case"}) {
    EXPECT_FALSE(parse_sim_token(bad)) << bad;
  }
}

TEST(Sim_token, is_told_from_a_folder) {
  EXPECT_TRUE(looks_like_sim_token("sim1:1:pos:case"));
  EXPECT_TRUE(looks_like_sim_token("sim9:later"));
  EXPECT_FALSE(looks_like_sim_token("out/sim:x"));
  EXPECT_FALSE(looks_like_sim_token("simulation"));
}

}  // namespace
}  // namespace nailbiter::command
