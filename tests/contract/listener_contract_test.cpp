// How connections come to be, and how they do not.

#include "tests/contract/sighting.hpp"

namespace contract {
namespace {

using namespace naild;
using base::io_error;

struct sightings {
  sighting accept;
  sighting connect;
  bool queued_before = true;
  int queued = 0;
};

task::task<> accept_once(port::listener& from, sighting& seen) {
  auto result = co_await from.accept();
  seen.note(result);
}

task::task<> close_under_accept(world_under_test& world, sightings& seen) {
  task::strand& here = co_await task::this_strand();
  auto listener = world.listen();
  task::group work(here, {});
  work.start(accept_once(*listener, seen.accept));
  co_await pause(world);
  listener->close();
  listener->close();
  co_await work.join();
}

TEST_P(port_contract, closing_a_listener_ends_its_accept_with_aborted) {
  auto world = make();
  sightings seen;
  ASSERT_TRUE(world->run_to_end(close_under_accept(*world, seen)));
  EXPECT_EQ(seen.accept, once(io_error::aborted));
}

task::task<> connect_to_nobody(world_under_test& world, sightings& seen) {
  auto listener = world.listen();
  const port::address where = listener->where();
  listener->close();
  auto attempt = world.ports().network.prepare(where);
  auto result = co_await attempt->connect();
  seen.connect.note(result);
  co_await accept_once(*listener, seen.accept);
}

TEST_P(port_contract, a_closed_listener_refuses_clients_and_accepts_none) {
  auto world = make();
  sightings seen;
  ASSERT_TRUE(world->run_to_end(connect_to_nobody(*world, seen)));
  EXPECT_EQ(seen.connect, once(io_error::refused));
  EXPECT_EQ(seen.accept, once(io_error::aborted));
}

task::task<> count_the_queued(world_under_test& world, sightings& seen) {
  auto listener = world.listen();
  seen.queued_before = listener->try_accept() != nullptr;
  std::vector<std::unique_ptr<port::byte_stream>> clients;
  for (int i = 0; i < 3; ++i) {
    auto attempt = world.ports().network.prepare(listener->where());
    auto result = co_await attempt->connect();
    seen.connect.note(result);
    if (result) clients.push_back(std::move(*result));
  }
  while (auto queued = listener->try_accept()) ++seen.queued;
}

TEST_P(port_contract, connections_wait_in_the_backlog_until_somebody_takes_them) {
  auto world = make();
  sightings seen;
  ASSERT_TRUE(world->run_to_end(count_the_queued(*world, seen)));
  EXPECT_FALSE(seen.queued_before);
  EXPECT_EQ(seen.connect, (sighting{.times = 3, .error = std::nullopt}));
  EXPECT_EQ(seen.queued, 3);
}

}  // namespace
}  // namespace contract
