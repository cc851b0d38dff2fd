// A run that asks for a log which it cannot have is told, and no other run is.

#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

namespace naild::daemon::support {
namespace {

TEST(LogRequest, for_a_level_that_there_is_not_is_complained_of) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(run_once(a, chunk(type::environment, "NAILD_LOG_LEVEL=loud") + header({"exit 3"})));
    world.where.run();
    EXPECT_EQ(a.err, "naild: NAILD_LOG_LEVEL is none of debug, info, warning, error\n");
    EXPECT_EQ(a.exit, 3);
  });
}

TEST(LogRequest, is_answered_to_its_own_run_though_the_answer_waits_for_room) {
  for_each_schedule(
      [](execution& world) {
        client& a = world.add_client();
        client& b = world.add_client();
        world.start(run_once(a, chunk(type::environment, "NAILD_LOG_FILE=/" + std::string(40, 'a')) + header({"exit 3"})));
        world.start(run_once(b, chunk(type::environment, "NAILD_LOG_FILE=/" + std::string(40, 'b')) + header({"exit 4"})));
        world.where.run();
        EXPECT_EQ(a.err, "naild: cannot log to '/" + std::string(40, 'a') + "': there are no log files here\n");
        EXPECT_EQ(b.err, "naild: cannot log to '/" + std::string(40, 'b') + "': there are no log files here\n");
        EXPECT_EQ(a.exit, 3);
        EXPECT_EQ(b.exit, 4);
      },
      {.output_bytes_max = 30});
}

}  // namespace
}  // namespace naild::daemon::support
