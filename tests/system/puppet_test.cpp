// The puppet executable as a process among others.

#include <csignal>

#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

// To the puppet alone, as when the group was signalled before the child had been made: it hears of it all the same. A
// puppet that waits for a deaf child ends only by the SIGKILL of a test that lost its patience.
TEST(Puppet, tells_the_child_that_it_waits_for_of_its_cancel) {
  const auto puppet = run({program("puppet"), "out x", "spawn hang"}, [](pid_t id) { ::kill(id, SIGINT); });
  EXPECT_EQ(puppet.exit_code, 128 + SIGINT);
  EXPECT_EQ(puppet.out, "x");
}

}  // namespace
}  // namespace nailbiter::system_test
