#include "harness/report/rate_json.hpp"

#include <gtest/gtest.h>

namespace nailbiter::report {
namespace {

TEST(Rate_json, is_read_back_as_it_was_written) {
  const seen_rate what{.seen = {.failures = 3, .runs = 100}, .where = "naild, live"};
  EXPECT_EQ(parse_rate(rate_json(what)), what);
}

TEST(Rate_json, refuses_what_cannot_be) {
  for (const char* text : {"", "[]", "{}", R"({"version":2,"where":"x","failures":1,"runs":2})", R"({"version":1,"where":"x","failures":3,"runs":2})",
                           R"({"version":1,"where":"x","failures":-1,"runs":2})", R"({"version":1,"failures":1,"runs":2})"}) {
    EXPECT_FALSE(parse_rate(text)) << text;
  }
}

}  // namespace
}  // namespace nailbiter::report
