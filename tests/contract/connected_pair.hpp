#pragma once

// Two ends of one connection, made through the ports only.

#include <memory>
#include <utility>

#include "reference/port/connector.hpp"
#include "reference/port/listener.hpp"
#include "reference/task/group.hpp"
#include "tests/contract/world_under_test.hpp"

namespace contract {

struct connected_pair {
  std::unique_ptr<naild::port::byte_stream> client;
  std::unique_ptr<naild::port::byte_stream> server;

  explicit operator bool() const noexcept { return client && server; }
};

inline naild::task::task<> accept_into(naild::port::listener& from, std::unique_ptr<naild::port::byte_stream>& into) {
  auto accepted = co_await from.accept();
  if (accepted) into = std::move(*accepted);
}

/// Both empty when the world refuses.
inline naild::task::task<connected_pair> connect_pair(world_under_test& world, naild::task::strand& here) {
  connected_pair made;
  auto listener = world.listen();
  auto attempt = world.ports().network.prepare(listener->where());
  naild::task::group accepting(here, {});
  accepting.start(accept_into(*listener, made.server));
  auto connected = co_await attempt->connect();
  if (connected) made.client = std::move(*connected);
  if (!connected) listener->close();
  co_await accepting.join();
  listener->close();
  co_return made;
}

/// What a body about one connection is given: the pair, and a group that is joined after it.
struct setting {
  world_under_test& world;
  connected_pair pair;
  naild::task::group work;
};

template <class Seen>
using pair_body = naild::task::task<> (*)(setting&, Seen&);

template <class Seen>
naild::task::task<> with_pair(world_under_test& world, pair_body<Seen> body, Seen& seen, bool& connected) {
  naild::task::strand& here = co_await naild::task::this_strand();
  auto pair = co_await connect_pair(world, here);
  setting made{.world = world, .pair = std::move(pair), .work = naild::task::group(here, {})};
  connected = static_cast<bool>(made.pair);
  if (!connected) co_return;
  co_await body(made, seen);
  co_await made.work.join();
}

/// Runs `body` in a world; what it has seen, or a failed expectation.
template <class Seen>
Seen run_with_pair(world_under_test& world, pair_body<Seen> body) {
  Seen seen{};
  bool connected = false;
  EXPECT_TRUE(world.run_to_end(with_pair(world, body, seen, connected)));
  EXPECT_TRUE(connected);
  return seen;
}

}  // namespace contract
