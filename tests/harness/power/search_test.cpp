#include "harness/power/search.hpp"

#include <gtest/gtest.h>

namespace nailbiter::power {
namespace {

TEST(Search, is_read_back_from_its_line) {
  const search found{.detected = true, .schedules = 17, .cpu_us = 1234, .checkers = {"exit", "order"}};
  EXPECT_EQ(line_of(found), "search detected 17 1234 exit,order\n");
  EXPECT_EQ(parse_search("search detected 17 1234 exit,order"), found);
  const search not_found{.detected = false, .schedules = 1000, .cpu_us = 5};
  EXPECT_EQ(parse_search("search unfinished 1000 5 -"), not_found);
}

TEST(Search, is_no_other_line) {
  for (const char* line : {"", "search", "search detected 17", "search perhaps 1 2 -", "found detected 1 2 -", "search detected x 2 -"}) {
    EXPECT_EQ(parse_search(line), std::nullopt) << line;
  }
}

}  // namespace
}  // namespace nailbiter::power
