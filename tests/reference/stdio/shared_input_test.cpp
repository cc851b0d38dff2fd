#include "reference/stdio/shared_input.hpp"

#include <gtest/gtest.h>

#include <semaphore>
#include <thread>

namespace naild::stdio {
namespace {

struct ringing_watcher final : input_watcher {
  void input_wanted() noexcept override { wanted.release(); }
  std::counting_semaphore<8> wanted{0};
};

TEST(SharedInput, a_thread_asks_once_and_gets_what_it_asked_for_in_pieces) {
  ringing_watcher watcher;
  shared_input input(watcher);
  base::bytes first, second;
  std::jthread reader([&] {
    first = input.read(4);
    second = input.read(100);
  });
  watcher.wanted.acquire();
  EXPECT_EQ(input.take_request(), 4u);
  EXPECT_EQ(input.take_request(), std::nullopt);
  input.give("abcdef");
  reader.join();
  EXPECT_EQ(first, "abcd");
  EXPECT_EQ(second, "ef");
}

TEST(SharedInput, the_end_frees_every_reader_for_good) {
  ringing_watcher watcher;
  shared_input input(watcher);
  {
    std::jthread one([&] { EXPECT_EQ(input.read(4), ""); });
    std::jthread two([&] { EXPECT_EQ(input.peek(4), std::nullopt); });
    watcher.wanted.acquire();
    input.end();
  }
  EXPECT_EQ(input.read(4), "");
}

TEST(SharedInput, peeking_takes_nothing) {
  ringing_watcher watcher;
  shared_input input(watcher);
  input.give("ab");
  EXPECT_EQ(input.peek(1), 'a');
  EXPECT_EQ(input.held_bytes(), 2u);
  EXPECT_EQ(input.read(9), "ab");
}

}  // namespace
}  // namespace naild::stdio
