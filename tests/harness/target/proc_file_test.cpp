#include "harness/target/proc_file.hpp"

#include <gtest/gtest.h>

namespace nailbiter::target {
namespace {

TEST(ProcFile, is_read_without_the_newline_at_its_end) {
  const auto found = read_proc_file("/proc/self/comm");
  EXPECT_FALSE(found.text.empty());
  EXPECT_NE(found.text.back(), '\n');
  EXPECT_EQ(found.why_not, "");
}

// As when the process goes after the file has been opened.
TEST(ProcFile, that_opens_and_cannot_be_read_says_why_not) {
  const auto found = read_proc_file("/proc/self/mem");
  EXPECT_EQ(found.text, "");
  EXPECT_EQ(found.why_not, "Input/output error");
}

TEST(ProcFile, that_is_not_there_says_so) { EXPECT_EQ(read_proc_file("/proc/self/nothing").why_not, "No such file or directory"); }

}  // namespace
}  // namespace nailbiter::target
