#include "harness/sim/listener.hpp"

#include "tests/harness/sim/sim_support.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace nailbiter::sim {
namespace {

using naild::base::io_error;

class SimulatedListener : public testing::Test {
 protected:
  void SetUp() override {
    options_.network.backlog = 2;
    where_.emplace(options_);
    where_->begin(*decides_, 1);
  }
  void TearDown() override {
    where_->end();
    listening_.reset();
  }
  void listen() { listening_ = *where_->listen("daemon"); }

  task::task<> connect(port::address where) {
    const auto attempt = where_->ports().network.prepare(where);
    port::stream_result connected = co_await attempt->connect();
    if (connected) {
      clients_.push_back(std::move(*connected));
    } else {
      errors_.push_back(connected.error());
    }
  }
  task::task<> accept_one() {
    port::stream_result accepted = co_await listening_->accept();
    if (accepted) {
      servers_.push_back(std::move(*accepted));
    } else {
      errors_.push_back(accepted.error());
    }
  }
  task::task<> wait_for(port::connection_attempt& attempt) {
    port::stream_result connected = co_await attempt.connect();
    if (!connected) errors_.push_back(connected.error());
  }
  task::task<> read_first_client() { errors_.push_back(co_await support::read_to_end(*clients_[0], got_)); }

  void run(task::task<> work) {
    support::start(*where_, std::move(work));
    where_->run();
  }

  world_options options_;
  std::unique_ptr<explore::strategy> decides_ = explore::make_strategy("fifo");
  std::optional<world> where_;
  std::unique_ptr<port::listener> listening_;
  std::vector<std::unique_ptr<port::byte_stream>> clients_, servers_;
  std::vector<io_error> errors_;
  std::string got_;
};

TEST_F(SimulatedListener, a_connection_to_nobody_is_refused) {
  run(connect(simulated_address("daemon")));
  EXPECT_EQ(errors_, std::vector{io_error::refused});
}

TEST_F(SimulatedListener, an_address_of_another_kind_is_bad) {
  listen();
  run(connect({.kind = port::transport::tcp, .name = "daemon", .port = 0}));
  EXPECT_EQ(errors_, std::vector{io_error::bad_address});
}

TEST_F(SimulatedListener, a_name_is_taken_until_its_listener_closes) {
  listen();
  EXPECT_EQ(where_->listen("daemon").error(), io_error::bad_address);
  listening_->close();
  EXPECT_TRUE(where_->listen("daemon"));
}

TEST_F(SimulatedListener, attempts_beyond_the_backlog_wait_for_an_accept) {
  listen();
  for (int i = 0; i < 3; ++i) run(connect(simulated_address("daemon")));
  EXPECT_EQ(clients_.size(), 2u);
  run(accept_one());
  EXPECT_EQ(servers_.size(), 1u);
  EXPECT_EQ(clients_.size(), 3u);
}

TEST_F(SimulatedListener, an_attempt_that_waits_can_be_cancelled) {
  listen();
  for (int i = 0; i < 2; ++i) run(connect(simulated_address("daemon")));
  const auto third = where_->ports().network.prepare(simulated_address("daemon"));
  run(wait_for(*third));
  EXPECT_TRUE(errors_.empty());
  third->cancel();
  where_->run();
  EXPECT_EQ(errors_, std::vector{io_error::aborted});
}

TEST_F(SimulatedListener, an_accept_without_resources_leaves_the_connection_queued) {
  listen();
  where_->fail_next_accepts(1);
  run(connect(simulated_address("daemon")));
  run(accept_one());
  EXPECT_EQ(errors_, std::vector{io_error::no_resources});
  run(accept_one());
  EXPECT_EQ(servers_.size(), 1u);
}

TEST_F(SimulatedListener, gives_its_backlog_without_waiting) {
  listen();
  EXPECT_EQ(listening_->try_accept(), nullptr);
  run(connect(simulated_address("daemon")));
  EXPECT_NE(listening_->try_accept(), nullptr);
}

TEST_F(SimulatedListener, closing_ends_its_accept_and_resets_who_was_not_accepted) {
  listen();
  for (int i = 0; i < 3; ++i) run(connect(simulated_address("daemon")));
  listening_->close();
  where_->run();
  EXPECT_EQ(errors_, std::vector{io_error::refused}) << "who waited for room";
  run(accept_one());
  EXPECT_EQ(errors_.back(), io_error::aborted);
  run(read_first_client());
  EXPECT_EQ(errors_.back(), io_error::reset);
}

}  // namespace
}  // namespace nailbiter::sim
