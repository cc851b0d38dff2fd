// The real client as a process: interrupted while its stdin is stuck, and killed while its run goes on.

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

constexpr int look_ms = 50;
constexpr int looks_max = 1200;

std::vector<std::string> naild(const scratch& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> argv{program("naild"), "--enable-puppet", "--listen", "unix:" + folder / "d.sock"};
  argv.insert(argv.end(), more.begin(), more.end());
  return argv;
}

/// A process, to wait for its end.
class watched_process {
 public:
  explicit watched_process(pid_t id) : fd_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))) {}
  watched_process(const watched_process&) = delete;
  watched_process& operator=(const watched_process&) = delete;
  ~watched_process() { ::close(fd_); }

  bool ends_within(int ms) const {
    pollfd watched{.fd = fd_, .events = POLLIN, .revents = 0};
    return ::poll(&watched, 1, ms) > 0;
  }

 private:
  int fd_;
};

std::string bytes_read_by(pid_t id) {
  std::ifstream file("/proc/" + std::to_string(id) + "/io");
  std::string name, value;
  file >> name >> value;
  return name == "rchar:" ? value : std::string();
}

/// Until it takes no more of an endless stdin. False when it ends instead, or never stops reading.
bool wait_until_stuck(pid_t id) {
  const watched_process client(id);
  std::string before;
  for (int look = 0; look < looks_max; ++look) {
    if (client.ends_within(look_ms)) return false;
    std::string now = bytes_read_by(id);
    if (!now.empty() && now == before) return true;
    before = std::move(now);
  }
  return false;
}

/// `yes | nail puppet 'read 1' 'out x' hang`, where the callback's process is the client's.
ended flood(const scratch& folder, const std::function<void(pid_t)>& meanwhile) {
  return run({"/bin/bash", "-c", "exec \"$0\" --socket \"$1\" puppet 'read 1' 'out x' hang < <(exec yes)", program("nail"), folder / "d.sock"}, meanwhile);
}

TEST(Interrupt, is_obeyed_at_once_by_a_client_whose_stdin_is_stuck) {
  const scratch folder;
  const auto daemon = run(naild(folder), [&](pid_t server) {
    std::chrono::steady_clock::duration took{};
    const auto client = flood(folder, [&](pid_t id) {
      ASSERT_TRUE(wait_until_stuck(id));
      const watched_process process(id);
      const auto began = std::chrono::steady_clock::now();
      ::kill(id, SIGINT);
      EXPECT_TRUE(process.ends_within(10'000));
      took = std::chrono::steady_clock::now() - began;
    });
    std::cout << "ended after " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
    EXPECT_EQ(client.exit_code, 255);
    EXPECT_EQ(client.out, "x");
    ::kill(server, SIGTERM);
  });
  EXPECT_EQ(daemon.exit_code, 0);
}

TEST(Interrupt, leaves_at_the_second_one_a_daemon_that_does_not_answer) {
  const scratch folder;
  const auto daemon = run(naild(folder), [&](pid_t server) {
    const auto client = flood(folder, [&](pid_t id) {
      ASSERT_TRUE(wait_until_stuck(id));
      ::kill(server, SIGSTOP);
      // Two of them that are pending at once are one: until it leaves, it is interrupted again.
      const watched_process process(id);
      int interrupts = 0;
      do {
        ::kill(id, SIGINT);
        ++interrupts;
      } while (!process.ends_within(look_ms) && interrupts < looks_max);
      EXPECT_GE(interrupts, 2);
    });
    EXPECT_EQ(client.exit_code, 130);
    EXPECT_EQ(client.err, "nail: interrupted twice: left without waiting for the run\n");
    ::kill(server, SIGCONT);
    ::kill(server, SIGTERM);
  });
  EXPECT_EQ(daemon.exit_code, 0);
}

struct program_of_a_run {
  const char* name;
  const char* text;
};

class KilledClient : public testing::TestWithParam<program_of_a_run> {};

/// No such process, or one that is dead and not yet its parent's.
bool is_gone(const std::string& id) {
  const std::string status = content_of("/proc/" + id + "/stat");
  return status.empty() || status.find(") Z ") != std::string::npos;
}

TEST_P(KilledClient, leaves_no_program_that_outlives_a_stop) {
  const scratch folder;
  const std::string script = "echo $$ >" + (folder / "pid") + "; echo begun; " + GetParam().text;
  const auto daemon = run(naild(folder, {"--drain-ms=500", "--grace-ms=300"}), [&](pid_t server) {
    const auto client = run({program("nail"), "--socket", folder / "d.sock", "exec", "/bin/sh", "-c", script}, [&](pid_t id) {
      ::kill(id, SIGKILL);
      ::kill(server, SIGTERM);
    });
    EXPECT_EQ(client.exit_code, 128 + SIGKILL);
  });
  EXPECT_EQ(daemon.exit_code, 0) << daemon.err;
  std::string id = content_of(folder / "pid");
  ASSERT_FALSE(id.empty());
  id.pop_back();
  EXPECT_TRUE(is_gone(id)) << "process " << id << " has outlived its daemon";
}

INSTANTIATE_TEST_SUITE_P(While, KilledClient,
                         testing::Values(program_of_a_run{"writing", "exec yes"}, program_of_a_run{"silent", "exec sleep 600"},
                                         program_of_a_run{"deaf", "trap '' INT; exec sleep 600"},
                                         program_of_a_run{"reading", "exec cat"}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace nailbiter::system_test
