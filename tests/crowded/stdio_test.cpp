// What the threads of one run share with its session, all of them real: nothing is lost, and no look at it needs luck.

#include <atomic>
#include <semaphore>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/stdio/run_log.hpp"
#include "reference/stdio/shared_input.hpp"
#include "reference/stdio/shared_output.hpp"

namespace crowded {
namespace {

using naild::stdio::stream;

constexpr int writers = 3;
constexpr int writes = 4'000;

struct bell final : naild::stdio::output_watcher, naild::stdio::input_watcher, naild::stdio::late_sink {
  void output_waits() noexcept override { rung.release(); }
  void input_wanted() noexcept override { rung.release(); }
  void late_output(stream, naild::base::byte_view) noexcept override {}
  std::counting_semaphore<1 << 20> rung{0};
};

TEST(SharedOutput, every_byte_of_every_writer_arrives_while_others_look) {
  bell session;
  naild::stdio::shared_output output(session, session, {.queued_bytes_max = 2'000});
  std::size_t taken_bytes = 0;
  {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer) {
      threads.emplace_back([&] {
        for (int at = 0; at < writes; ++at) (void)output.write(stream::standard_output, "0123456789");
      });
    }
    threads.emplace_back([&] {
      for (int at = 0; at < writes; ++at) {
        EXPECT_FALSE(output.would_wait(0));
        EXPECT_EQ(output.late_bytes(), 0u);
      }
    });
    std::vector<naild::stdio::output_piece> batch;
    while (taken_bytes < std::size_t{10} * writers * writes) {
      if (!output.take(batch)) {
        session.rung.acquire();
        continue;
      }
      for (const auto& each : batch) taken_bytes += each.text.size();
      batch.clear();
    }
  }
  output.detach();
  EXPECT_EQ(output.write(stream::standard_output, "late"), naild::stdio::delivery::refused);
  EXPECT_EQ(output.late_bytes(), 4u);
}

TEST(SharedOutput, a_cut_and_a_detach_free_every_writer) {
  for (int round = 0; round < 200; ++round) {
    bell session;
    naild::stdio::shared_output output(session, session, {.queued_bytes_max = 100});
    std::vector<naild::stdio::output_piece> batch;
    EXPECT_FALSE(output.take(batch));
    std::vector<std::jthread> threads;
    for (const stream which : {stream::standard_output, stream::standard_error, stream::standard_output}) {
      threads.emplace_back([&output, which] {
        while (output.write(which, "0123456789") == naild::stdio::delivery::taken) {
        }
      });
    }
    session.rung.acquire();
    output.cut(stream::standard_error);
    (void)output.take(batch);
    EXPECT_LE(output.late_bytes(), 10u);
    output.detach();
  }
}

TEST(SharedOutput, what_comes_late_from_every_thread_is_counted) {
  bell session;
  naild::stdio::shared_output output(session, session);
  output.detach();
  {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer) {
      threads.emplace_back([&] {
        for (int at = 0; at < writes; ++at) (void)output.write(stream::standard_output, "x");
      });
    }
    threads.emplace_back([&] {
      for (int at = 0; at < writes; ++at) EXPECT_LE(output.late_bytes(), std::uint64_t{writers} * writes);
    });
  }
  EXPECT_EQ(output.late_bytes(), std::uint64_t{writers} * writes);
}

TEST(SharedInput, every_byte_is_read_once_while_others_look) {
  bell session;
  naild::stdio::shared_input input(session);
  std::atomic<std::size_t> read_bytes{0};
  {
    std::vector<std::jthread> threads;
    for (int reader = 0; reader < writers; ++reader) {
      threads.emplace_back([&] {
        for (auto piece = input.read(3); !piece.empty(); piece = input.read(3)) read_bytes += piece.size();
      });
    }
    threads.emplace_back([&] {
      for (int at = 0; at < writes; ++at) EXPECT_LE(input.held_bytes(), 10u);
    });
    for (int at = 0; at < writes; ++at) {
      while (!input.take_request()) session.rung.acquire();
      input.give("0123456789");
    }
    while (!input.take_request()) session.rung.acquire();
    input.end();
  }
  EXPECT_EQ(read_bytes, std::size_t{10} * writes);
}

struct counting_file final : naild::port::run_log_file {
  bool append(naild::base::byte_view) override {
    ++lines;
    return true;
  }
  std::atomic<int> lines{0};
};

TEST(RunLog, every_line_goes_to_the_file_or_back_while_others_change_it) {
  naild::stdio::run_log log;
  const auto file = std::make_shared<counting_file>();
  std::atomic<int> given_back{0};
  {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer) {
      threads.emplace_back([&] {
        for (int at = 0; at < writes; ++at) given_back += log.take(naild::port::severity::error, "x").empty() ? 0 : 1;
      });
    }
    threads.emplace_back([&] {
      for (int at = 0; at < writes; ++at) log.set_file(at % 2 == 0 ? file : nullptr);
    });
  }
  EXPECT_EQ(file->lines + given_back, writers * writes);
}

}  // namespace
}  // namespace crowded
