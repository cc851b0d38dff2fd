#include "reference/io/signals.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include <gtest/gtest.h>

#include "reference/task/group.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

using numbers = std::vector<int>;

constexpr int ended = -1;  // noted where a wait was aborted

task::task<> note_next(signals& from, numbers& seen) {
  const auto number = co_await from.next();
  seen.push_back(number ? *number : ended);
}

task::task<> note_some(signals& from, numbers& seen, std::size_t count) {
  while (seen.size() < count) co_await note_next(from, seen);
}

void send(int number) { ASSERT_EQ(::kill(::getpid(), number), 0); }

TEST(Signals, that_come_while_nobody_waits_are_kept) {
  io_fixture world;
  signals caught(world.loop_, {SIGUSR1, SIGUSR2});
  send(SIGUSR2);
  send(SIGUSR1);
  send(SIGUSR1);
  numbers seen;
  world.run(note_some(caught, seen, 3));
  EXPECT_EQ(std::count(seen.begin(), seen.end(), SIGUSR1), 2);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), SIGUSR2), 1);
}

task::task<> send_to_a_waiter(signals& from, numbers& seen) {
  task::strand& here = co_await task::this_strand();
  task::group waiting(here, {});
  waiting.start(note_next(from, seen));
  EXPECT_EQ(seen, numbers{});
  send(SIGTERM);
  co_await waiting.join();
}

TEST(Signals, wake_who_waits_instead_of_ending_the_process) {
  io_fixture world;
  signals caught(world.loop_, {SIGTERM});
  numbers seen;
  world.run(send_to_a_waiter(caught, seen));
  EXPECT_EQ(seen, numbers{SIGTERM});
}

task::task<> cancel(signals& from) {
  from.cancel();
  co_return;
}

// A group's children begin in the order in which they were started.
task::task<> cancel_a_waiter(signals& from, numbers& seen) {
  task::strand& here = co_await task::this_strand();
  task::group waiting(here, {});
  waiting.start(note_next(from, seen));
  waiting.start(cancel(from));
  co_await waiting.join();
}

TEST(Signals, a_cancel_ends_the_wait_and_no_later_one) {
  io_fixture world;
  signals caught(world.loop_, {SIGUSR1});
  caught.cancel();  // nobody waits
  numbers seen;
  world.run(cancel_a_waiter(caught, seen));
  EXPECT_EQ(seen, numbers{ended});
  send(SIGUSR1);
  world.run(note_next(caught, seen));
  EXPECT_EQ(seen, (numbers{ended, SIGUSR1}));
}

TEST(Signals, can_be_added_and_what_cannot_be_caught_is_no_matter) {
  io_fixture world;
  signals caught(world.loop_, {SIGUSR1});
  caught.add(SIGUSR1);
  caught.add(SIGKILL);
  caught.add(SIGUSR2);
  send(SIGUSR2);
  numbers seen;
  world.run(note_next(caught, seen));
  EXPECT_EQ(seen, numbers{SIGUSR2});
}

TEST(Signals, each_of_two_sets_sees_a_signal_that_both_name) {
  io_fixture world;
  signals one(world.loop_, {SIGUSR1});
  signals other(world.loop_, {SIGUSR1, SIGUSR2});
  send(SIGUSR1);
  numbers seen;
  world.run(note_next(one, seen));
  world.run(note_next(other, seen));
  EXPECT_EQ(seen, (numbers{SIGUSR1, SIGUSR1}));
}

TEST(Signals, of_a_broken_pipe_are_an_error_of_the_write) {
  ignore_broken_pipes();
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  ::close(ends[1]);
}

}  // namespace
}  // namespace naild::io
