// How the end of a connection is seen: half-close, close, reset.

#include "tests/contract/sighting.hpp"

namespace contract {
namespace {

using namespace naild;
using base::io_error;

struct sightings {
  sighting first;
  sighting second;
  sighting third;
  std::size_t bytes = 0;
  std::size_t bytes_back = 0;
};

task::task<> half_close_then_go_on(setting& with, sightings& seen) {
  co_await send(*with.pair.client, 700);
  with.pair.client->shutdown_write();
  with.pair.client->shutdown_write();
  seen.bytes = co_await read_to_end(*with.pair.server, seen.first);
  co_await send(*with.pair.server, 300);
  with.pair.server->shutdown_write();
  seen.bytes_back = co_await read_to_end(*with.pair.client, seen.second);
}

TEST_P(port_contract, a_half_close_is_seen_after_all_bytes_and_leaves_the_other_direction_open) {
  auto world = make();
  const auto seen = run_with_pair(*world, &half_close_then_go_on);
  EXPECT_EQ(seen.bytes, 700u);
  EXPECT_EQ(seen.first, once(io_error::end_of_stream));
  EXPECT_EQ(seen.bytes_back, 300u);
  EXPECT_EQ(seen.second, once(io_error::end_of_stream));
}

task::task<> read_at_the_end_again(setting& with, sightings& seen) {
  with.pair.client->shutdown_write();
  co_await read_once(*with.pair.server, seen.first);
  co_await read_once(*with.pair.server, seen.second);
}

TEST_P(port_contract, the_end_of_the_stream_is_seen_again_by_every_later_read) {
  auto world = make();
  const auto seen = run_with_pair(*world, &read_at_the_end_again);
  EXPECT_EQ(seen.first, once(io_error::end_of_stream));
  EXPECT_EQ(seen.second, once(io_error::end_of_stream));
}

task::task<> close_with_nothing_unread(setting& with, sightings& seen) {
  co_await send(*with.pair.client, 700);
  with.pair.client->close();
  seen.bytes = co_await read_to_end(*with.pair.server, seen.first);
}

TEST_P(port_contract, a_close_delivers_the_bytes_that_were_taken_and_then_the_end) {
  auto world = make();
  const auto seen = run_with_pair(*world, &close_with_nothing_unread);
  EXPECT_EQ(seen.bytes, 700u);
  EXPECT_EQ(seen.first, once(io_error::end_of_stream));
}

task::task<> close_under_pending_waits(setting& with, sightings& seen) {
  auto& stream = *with.pair.server;
  with.work.start(read_once(stream, seen.first));
  with.work.start(write_until_it_fails(stream, seen.second));
  with.work.start(watch_peer(stream, seen.third));
  co_await pause(with.world);
  stream.close();
  stream.close();
}

TEST_P(port_contract, a_close_ends_every_pending_wait_with_aborted_exactly_once) {
  auto world = make();
  const auto seen = run_with_pair(*world, &close_under_pending_waits);
  EXPECT_EQ(seen.first, once(io_error::aborted));
  EXPECT_EQ(seen.second, once(io_error::aborted));
  EXPECT_EQ(seen.third, once(io_error::aborted));
}

task::task<> use_after_close(setting& with, sightings& seen) {
  auto& stream = *with.pair.server;
  stream.close();
  stream.shutdown_write();
  stream.cancel_peer_closed();
  stream.reset();
  co_await read_once(stream, seen.first);
  co_await write_until_it_fails(stream, seen.second);
  co_await watch_peer(stream, seen.third);
}

TEST_P(port_contract, a_closed_stream_answers_every_wait_with_aborted) {
  auto world = make();
  const auto seen = run_with_pair(*world, &use_after_close);
  EXPECT_EQ(seen.first, once(io_error::aborted));
  EXPECT_EQ(seen.second, once(io_error::aborted));
  EXPECT_EQ(seen.third, once(io_error::aborted));
}

task::task<> write_to_a_gone_peer(setting& with, sightings& seen) {
  with.pair.client->close();
  co_await write_until_it_fails(*with.pair.server, seen.first);
}

TEST_P(port_contract, a_write_to_a_peer_that_is_gone_ends_with_reset_and_no_signal) {
  auto world = make();
  const auto seen = run_with_pair(*world, &write_to_a_gone_peer);
  EXPECT_EQ(seen.first, once(io_error::reset));
}

task::task<> close_under_a_peers_pending_write(setting& with, sightings& seen) {
  with.work.start(write_until_it_fails(*with.pair.server, seen.first));
  co_await pause(with.world);
  with.pair.client->close();
}

TEST_P(port_contract, a_write_that_waits_for_room_ends_with_reset_when_the_peer_goes) {
  auto world = make();
  const auto seen = run_with_pair(*world, &close_under_a_peers_pending_write);
  EXPECT_EQ(seen.first, once(io_error::reset));
}

task::task<> close_with_unread_input(setting& with, sightings& seen) {
  co_await send(*with.pair.server, 100);
  co_await pause(with.world);
  with.pair.client->close();
  co_await read_once(*with.pair.server, seen.first);
}

TEST_P(port_contract, a_close_with_unread_input_is_a_reset_to_the_peer) {
  auto world = make();
  const auto seen = run_with_pair(*world, &close_with_unread_input);
  EXPECT_EQ(seen.first, once(io_error::reset));
}

task::task<> reset_under_a_pending_read(setting& with, sightings& seen) {
  with.work.start(read_once(*with.pair.server, seen.first));
  with.work.start(read_once(*with.pair.client, seen.second));
  co_await pause(with.world);
  with.pair.client->reset();
}

TEST_P(port_contract, a_reset_ends_the_reads_of_both_sides) {
  auto world = make();
  const auto seen = run_with_pair(*world, &reset_under_a_pending_read);
  EXPECT_EQ(seen.first, once(GetParam().sees_reset ? io_error::reset : io_error::end_of_stream));
  EXPECT_EQ(seen.second, once(io_error::aborted));
}

}  // namespace
}  // namespace contract
