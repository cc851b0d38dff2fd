// Many daemons are started at once on the path of a dead one.

#include <csignal>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

using testing::HasSubstr;

constexpr int starters = 10;
constexpr int rounds = 4;

/// Daemons that serve go on until everybody has served or ended.
class everybody {
 public:
  void settles(std::vector<pid_t>* serving, pid_t id) {
    std::unique_lock lock(mutex_);
    if (serving != nullptr) serving->push_back(id);
    ++settled_;
    changed_.notify_all();
    if (serving != nullptr) changed_.wait(lock, [this] { return settled_ == starters; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int settled_ = 0;
};

void leave_dead_socket(const std::string& path) {
  const auto killed = run({program("naild"), "--listen", "unix:" + path}, [](pid_t id) { ::kill(id, SIGKILL); });
  ASSERT_EQ(killed.exit_code, 128 + SIGKILL);
  ASSERT_TRUE(std::filesystem::exists(path));
}

TEST(StartRace, on_a_dead_daemons_socket_has_one_winner_and_the_others_say_why) {
  for (int round = 0; round < rounds; ++round) {
    const scratch folder;
    const std::string path = folder / "d.sock";
    leave_dead_socket(path);
    everybody all;
    std::vector<pid_t> serving;
    std::vector<ended> results(starters);
    ended client;
    std::vector<std::jthread> threads;
    for (ended& result : results) {
      threads.emplace_back([&] {
        bool served = false;
        result = run({program("naild"), "--listen", "unix:" + path}, [&](pid_t id) {
          served = true;
          all.settles(&serving, id);
          client = run({program("nail"), "--socket", path, "exec", "/bin/echo", "served"});
          ::kill(id, SIGTERM);
        });
        if (!served) all.settles(nullptr, 0);
      });
    }
    threads.clear();
    ASSERT_EQ(serving.size(), 1u) << "round " << round;
    EXPECT_EQ(client.out, "served\n") << client.err;
    int winners = 0;
    for (const ended& result : results) {
      winners += result.exit_code == 0 ? 1 : 0;
      if (result.exit_code == 0) continue;
      EXPECT_EQ(result.exit_code, 75);
      EXPECT_THAT(result.err, HasSubstr("a daemon is already listening"));
    }
    EXPECT_EQ(winners, 1);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  }
}

}  // namespace
}  // namespace nailbiter::system_test
