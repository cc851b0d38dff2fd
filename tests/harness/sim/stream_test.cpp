#include "harness/sim/stream.hpp"

#include "tests/harness/sim/sim_support.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <tuple>

namespace nailbiter::sim {
namespace {

using naild::base::io_error;

/// A connection of which a test drives one end in a task; what the task saw is left in the members.
class SimulatedStream : public testing::Test {
 protected:
  void begin(const char* strategy, std::uint64_t seed = 1, pipe_options pipe = {}) {
    world_options options;
    options.network.pipe = pipe;
    decides_ = explore::make_strategy(strategy);
    where_.emplace(options);
    where_->begin(*decides_, seed);
    std::tie(client_, server_) = where_->connected_pair();
    got_.clear();
    ended_ = {};
    progress_ = 0;
  }
  void end() {
    where_->end();
    client_.reset();
    server_.reset();
  }
  void TearDown() override {
    if (where_) end();
  }
  template <class Work>
  void run(Work work) {
    support::start(*where_, std::move(work));
    where_->run();
  }

  task::task<> read_server() { ended_ = co_await support::read_to_end(*server_, got_); }
  task::task<> write_client(std::string text) {
    auto written = co_await support::write_all(*client_, text);
    if (!written) ended_ = written.error();
  }
  task::task<> write_and_count(std::size_t count) {
    const std::string one_byte("x");
    for (; progress_ < count; ++progress_) {
      auto written = co_await client_->write_some(one_byte);
      if (!written) {
        ended_ = written.error();
        co_return;
      }
    }
  }
  task::task<> watch_server() {
    auto closed = co_await server_->peer_closed();
    if (closed) {
      watched_ = true;
    } else {
      ended_ = closed.error();
    }
  }

  std::unique_ptr<explore::strategy> decides_;
  std::optional<world> where_;
  std::unique_ptr<port::byte_stream> client_, server_;
  std::string got_;
  std::optional<io_error> ended_;
  std::size_t progress_ = 0;
  bool watched_ = false;
};

TEST_F(SimulatedStream, delivers_every_byte_in_order_and_then_the_end) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    begin("random", seed, {.capacity_bytes = 16});
    std::string text;
    for (int i = 0; i < 300; ++i) text.push_back(static_cast<char>(i));
    run(write_client(text));
    run(read_server());
    client_->shutdown_write();
    where_->run();
    EXPECT_EQ(got_, text);
    EXPECT_EQ(ended_, io_error::end_of_stream);
    end();
  }
}

TEST_F(SimulatedStream, takes_no_more_than_its_capacity_while_nobody_reads) {
  begin("random", 1, {.capacity_bytes = 10});
  run(write_and_count(100));
  EXPECT_EQ(progress_, 10u);
  run(read_server());
  EXPECT_EQ(progress_, 100u);
}

TEST_F(SimulatedStream, the_end_is_seen_behind_bytes_that_nobody_reads) {
  begin("fifo");
  run(write_client("unread"));
  run(watch_server());
  EXPECT_FALSE(watched_);
  client_->shutdown_write();
  where_->run();
  EXPECT_TRUE(watched_);
  run(read_server());
  EXPECT_EQ(got_, "unread");
}

TEST_F(SimulatedStream, the_end_hides_behind_unread_bytes_where_the_peer_cannot_be_watched) {
  begin("fifo", 1, {.watch = peer_watch::behind_no_bytes});
  EXPECT_FALSE(server_->can_watch_peer());
  run(write_client("unread"));
  run(watch_server());
  client_->shutdown_write();
  where_->run();
  EXPECT_FALSE(watched_);
  run(read_server());
  EXPECT_TRUE(watched_);
}

TEST_F(SimulatedStream, a_watch_is_refused_where_nothing_more_can_be_registered) {
  begin("fifo", 1, {.watch = peer_watch::out_of_resources});
  EXPECT_TRUE(server_->can_watch_peer());
  run(watch_server());
  EXPECT_EQ(ended_, io_error::no_resources);
}

TEST_F(SimulatedStream, a_watch_ends_with_aborted_when_cancelled) {
  begin("fifo");
  run(watch_server());
  server_->cancel_peer_closed();
  where_->run();
  EXPECT_EQ(ended_, io_error::aborted);
}

TEST_F(SimulatedStream, a_half_close_leaves_the_other_direction_open) {
  begin("fifo");
  server_->shutdown_write();
  run(write_client("still here"));
  client_->shutdown_write();
  run(read_server());
  EXPECT_EQ(got_, "still here");
}

TEST_F(SimulatedStream, a_write_after_the_half_close_fails) {
  begin("fifo");
  client_->shutdown_write();
  run(write_client("late"));
  EXPECT_EQ(ended_, io_error::reset);
}

TEST_F(SimulatedStream, close_delivers_what_was_taken) {
  begin("random");
  run(write_client("last words"));
  client_->close();
  run(read_server());
  EXPECT_EQ(got_, "last words");
  EXPECT_EQ(ended_, io_error::end_of_stream);
}

TEST_F(SimulatedStream, close_with_unread_input_resets_behind_what_was_taken) {
  begin("random");
  run(write_client("unread"));
  server_->close();
  where_->run();
  std::swap(client_, server_);
  run(read_server());
  EXPECT_EQ(ended_, io_error::reset);
}

TEST_F(SimulatedStream, close_aborts_the_waits_of_its_own_side) {
  begin("fifo");
  run(read_server());
  server_->close();
  where_->run();
  EXPECT_EQ(ended_, io_error::aborted);
}

TEST_F(SimulatedStream, a_write_to_a_closed_peer_fails_even_when_it_waits_for_room) {
  begin("fifo", 1, {.capacity_bytes = 4});
  run(write_and_count(100));
  server_->close();
  where_->run();
  EXPECT_EQ(ended_, io_error::reset);
}

TEST_F(SimulatedStream, a_reset_overtakes_unread_bytes) {
  begin("random");
  run(write_client("lost"));
  client_->reset();
  where_->run();
  run(read_server());
  EXPECT_EQ(got_, "");
  EXPECT_EQ(ended_, io_error::reset);
}

TEST_F(SimulatedStream, dying_closes) {
  begin("fifo");
  client_.reset();
  run(read_server());
  EXPECT_EQ(ended_, io_error::end_of_stream);
}

TEST_F(SimulatedStream, bytes_arrive_in_other_pieces_under_another_seed) {
  std::set<std::size_t> step_counts;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    begin("random", seed);
    run(write_client("in how many pieces?"));
    run(read_server());
    step_counts.insert(where_->trace().steps.size());
    end();
  }
  EXPECT_GT(step_counts.size(), 3u);
}

}  // namespace
}  // namespace nailbiter::sim
