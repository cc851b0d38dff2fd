#include "harness/target/log_complaints.hpp"

#include <gtest/gtest.h>

namespace nailbiter::target {
namespace {

using lines = std::vector<std::string>;

TEST(LogComplaints, are_lines_of_a_warning_or_worse) {
  EXPECT_EQ(complaints_in("info: a\nwarning: b\ndebug: session 3: c\nerror: session 3: d\n", ""), (lines{"warning: b", "error: session 3: d"}));
}

TEST(LogComplaints, are_all_lines_of_a_daemon_with_words_of_its_own) {
  EXPECT_EQ(complaints_in("java.io.IOException\n  at Reader.java:1", ""), (lines{"java.io.IOException", "  at Reader.java:1"}));
}

TEST(LogComplaints, are_not_what_says_that_it_is_ready) {
  EXPECT_EQ(complaints_in("\nlistening on unix:d.sock\n", "listening on (\\S+)"), lines{});
  EXPECT_EQ(complaints_in("started\n", ""), lines{"started"});
}

}  // namespace
}  // namespace nailbiter::target
