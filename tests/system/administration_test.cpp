// `nail --status`, `--cancel` and `--stop`, as a user calls them.

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

ended nail(const scratch& folder, std::vector<std::string> words, const std::function<void(pid_t)>& meanwhile = {}) {
  std::vector<std::string> argv{program("nail"), "--socket", folder / "d.sock"};
  argv.insert(argv.end(), words.begin(), words.end());
  return run(argv, meanwhile);
}

ended naild(const scratch& folder, const std::function<void(pid_t)>& use) {
  return run({program("naild"), "--listen", "unix:" + folder / "d.sock"}, use);
}

/// A program that says that it has begun, and goes on until it is told.
const std::vector<std::string> long_program{"exec", "/bin/sh", "-c", "echo begun; exec sleep 600"};

TEST(Administration, lists_a_run_and_cancels_it_by_its_number) {
  const scratch folder;
  ended status, cancel, again;
  const auto daemon = naild(folder, [&](pid_t id) {
    const auto cancelled = nail(folder, long_program, [&](pid_t) {
      status = nail(folder, {"--status"});
      cancel = nail(folder, {"--cancel", "1"});
    });
    EXPECT_EQ(cancelled.exit_code, 256 - SIGINT);
    EXPECT_EQ(cancelled.out, "begun\n");
    EXPECT_EQ(cancelled.err, "naild: cancelled: session 3 asked for it\n");
    again = nail(folder, {"--cancel", "77"});
    ::kill(id, SIGTERM);
  });
  EXPECT_EQ(status.exit_code, 0);
  EXPECT_THAT(status.out, HasSubstr("       1 running "));
  EXPECT_THAT(status.out, HasSubstr(" exec /bin/sh -c echo begun; exec sleep 600\n"));
  EXPECT_EQ(cancel.exit_code, 0);
  EXPECT_EQ(cancel.out + cancel.err, "");
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_EQ(again.err, "naild: there is no session 77\n");
  EXPECT_EQ(daemon.exit_code, 0);
}

TEST(Administration, stop_returns_when_nobody_can_connect_and_the_runs_go_on) {
  const scratch folder;
  ended stop, late, cut;
  const auto daemon = naild(folder, [&](pid_t) {
    cut = nail(folder, {"exec", "/bin/sh", "-c", "echo begun; trap 'exit 7' INT; while :; do sleep 600 & wait; done"}, [&](pid_t client) {
      stop = nail(folder, {"--stop"});
      late = nail(folder, {"exec", "true"});
      EXPECT_FALSE(std::filesystem::exists(folder / "d.sock"));
      ::kill(client, SIGINT);
    });
  });
  EXPECT_EQ(stop.exit_code, 0);
  EXPECT_EQ(stop.out + stop.err, "");
  EXPECT_EQ(late.exit_code, 75);
  EXPECT_THAT(late.err, StartsWith("nail: no daemon answers"));
  EXPECT_EQ(cut.exit_code, 7);
  EXPECT_EQ(daemon.exit_code, 0);
  EXPECT_EQ(daemon.err, "");
}

TEST(Administration, after_a_stop_the_next_daemon_can_be_started_at_once) {
  const scratch folder;
  for (int life = 0; life < 3; ++life) {
    const auto daemon = naild(folder, [&](pid_t) {
      EXPECT_EQ(nail(folder, {"exec", "/bin/echo", "x"}).out, "x\n");
      EXPECT_EQ(nail(folder, {"--stop"}).exit_code, 0);
    });
    EXPECT_EQ(daemon.exit_code, 0);
  }
}

TEST(Administration, takes_no_command_and_one_wish_at_a_time) {
  const scratch folder;
  EXPECT_EQ(nail(folder, {"--status", "exec", "true"}).exit_code, 64);
  EXPECT_EQ(nail(folder, {"--status", "--stop"}).exit_code, 64);
  EXPECT_EQ(nail(folder, {"--cancel"}).exit_code, 64);
  EXPECT_EQ(nail(folder, {"--status"}).exit_code, 75);
}

TEST(Administration, is_no_name_for_a_configured_command) {
  const scratch folder;
  const auto daemon = run({"/bin/sh", "-c", "printf '[commands.naild-status]\\nexec = [\"true\"]\\n' >\"$1\" && exec \"$0\" --listen unix:\"$2\" --config \"$1\"",
                           program("naild"), folder / "naild.toml", folder / "d.sock"});
  EXPECT_EQ(daemon.exit_code, 64);
  EXPECT_THAT(daemon.err, HasSubstr("'naild-status' is built in"));
}

}  // namespace
}  // namespace nailbiter::system_test
