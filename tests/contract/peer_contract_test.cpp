// A peer that goes is seen even behind bytes that nobody has read, where the world can.

#include "tests/contract/sighting.hpp"

namespace contract {
namespace {

using namespace naild;
using base::io_error;

struct watching {
  bool can_watch = false;
  sighting before;
  sighting peer;
  sighting end;
  std::size_t bytes = 0;
};

enum class leave { half_close, close };

template <leave How>
task::task<> go_behind_unread_bytes(setting& with, watching& seen) {
  auto& server = *with.pair.server;
  seen.can_watch = server.can_watch_peer();
  if (!seen.can_watch) co_return;
  with.work.start(watch_peer(server, seen.peer));
  co_await send(*with.pair.client, 900);
  co_await pause(with.world);
  seen.before = seen.peer;
  if (How == leave::close) {
    with.pair.client->close();
  } else {
    with.pair.client->shutdown_write();
  }
  co_await with.work.join();
  seen.bytes = co_await read_to_end(server, seen.end);
}

void expect_seen(const watching& seen) {
  if (!seen.can_watch) GTEST_SKIP() << "nobody can see it here";
  EXPECT_EQ(seen.before, never);
  EXPECT_EQ(seen.peer, a_value);
  EXPECT_EQ(seen.bytes, 900u);
  EXPECT_EQ(seen.end, once(io_error::end_of_stream));
}

TEST_P(port_contract, a_half_close_behind_unread_bytes_is_seen_once_and_takes_no_byte) {
  auto world = make();
  expect_seen(run_with_pair<watching>(*world, &go_behind_unread_bytes<leave::half_close>));
}

TEST_P(port_contract, a_close_behind_unread_bytes_is_seen_once_and_takes_no_byte) {
  auto world = make();
  expect_seen(run_with_pair<watching>(*world, &go_behind_unread_bytes<leave::close>));
}

task::task<> reset_behind_unread_bytes(setting& with, watching& seen) {
  with.work.start(watch_peer(*with.pair.server, seen.peer));
  co_await send(*with.pair.client, 900);
  co_await pause(with.world);
  seen.before = seen.peer;
  with.pair.client->reset();
}

TEST_P(port_contract, a_reset_behind_unread_bytes_is_seen_even_where_a_close_is_not) {
  auto world = make();
  const auto seen = run_with_pair(*world, &reset_behind_unread_bytes);
  EXPECT_EQ(seen.before, never);
  EXPECT_EQ(seen.peer, a_value);
}

task::task<> watch_one_that_has_gone(setting& with, watching& seen) {
  seen.can_watch = with.pair.server->can_watch_peer();
  if (!seen.can_watch) co_return;
  co_await send(*with.pair.client, 900);
  with.pair.client->close();
  co_await pause(with.world);
  co_await watch_peer(*with.pair.server, seen.peer);
  seen.bytes = co_await read_to_end(*with.pair.server, seen.end);
}

TEST_P(port_contract, a_peer_that_had_gone_before_the_watch_began_is_seen) {
  auto world = make();
  expect_seen(run_with_pair<watching>(*world, &watch_one_that_has_gone));
}

// The news comes while nobody waits for anything.
task::task<> go_between_two_watches(setting& with, watching& seen) {
  auto& server = *with.pair.server;
  seen.can_watch = server.can_watch_peer();
  if (!seen.can_watch) co_return;
  sighting first;
  with.work.start(watch_peer(server, first));
  co_await pause(with.world);
  server.cancel_peer_closed();
  co_await with.work.join();
  co_await watch_one_that_has_gone(with, seen);
}

TEST_P(port_contract, a_peer_that_went_between_two_watches_is_seen) {
  auto world = make();
  expect_seen(run_with_pair<watching>(*world, &go_between_two_watches));
}

task::task<> cancel_and_watch_again(setting& with, watching& seen) {
  auto& server = *with.pair.server;
  seen.can_watch = server.can_watch_peer();
  server.cancel_peer_closed();
  with.work.start(watch_peer(server, seen.before));
  co_await pause(with.world);
  server.cancel_peer_closed();
  server.cancel_peer_closed();
  co_await with.work.join();
  if (!seen.can_watch) co_return;
  with.work.start(watch_peer(server, seen.peer));
  co_await pause(with.world);
  with.pair.client->close();
}

TEST_P(port_contract, a_cancelled_watch_ends_with_aborted_and_can_be_started_again) {
  auto world = make();
  const auto seen = run_with_pair(*world, &cancel_and_watch_again);
  EXPECT_EQ(seen.before, once(io_error::aborted));
  EXPECT_EQ(seen.peer, seen.can_watch ? a_value : never);
}

}  // namespace
}  // namespace contract
