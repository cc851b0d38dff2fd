// Bytes arrive, in order and all of them, however reads and writes are split; then the end is seen.

#include <algorithm>
#include <random>

#include <rapidcheck.h>

#include "tests/contract/connected_pair.hpp"

namespace contract {
namespace {

using namespace naild;

struct transfer {
  std::string bytes;
  std::vector<std::size_t> write_sizes;  // used in turn
  std::vector<std::size_t> read_sizes;
};

struct outcome {
  std::string received;
  std::optional<base::io_error> read_end;
  std::optional<base::io_error> write_error;
  bool connected = false;
};

task::task<> send_all(port::byte_stream& to, const transfer& plan, outcome& seen) {
  std::size_t turn = 0;
  for (base::byte_view rest = plan.bytes; !rest.empty();) {
    const std::size_t wanted = std::min(rest.size(), plan.write_sizes[turn++ % plan.write_sizes.size()]);
    auto taken = co_await to.write_some(rest.substr(0, wanted));
    if (!taken) {
      seen.write_error = taken.error();
      co_return;
    }
    rest.remove_prefix(*taken);
  }
  to.shutdown_write();
}

task::task<> receive_all(port::byte_stream& from, const transfer& plan, outcome& seen) {
  std::vector<char> buffer(*std::max_element(plan.read_sizes.begin(), plan.read_sizes.end()));
  for (std::size_t turn = 0;; ++turn) {
    const std::size_t wanted = plan.read_sizes[turn % plan.read_sizes.size()];
    auto got = co_await from.read_some(std::span(buffer).first(wanted));
    if (!got) {
      seen.read_end = got.error();
      co_return;
    }
    seen.received.append(buffer.data(), *got);
  }
}

task::task<> both_ways(world_under_test& world, const transfer& there, const transfer& back, outcome& server_saw, outcome& client_saw) {
  task::strand& here = co_await task::this_strand();
  connected_pair pair = co_await connect_pair(world, here);
  server_saw.connected = static_cast<bool>(pair);
  if (!pair) co_return;
  task::group work(here, {});
  work.start(send_all(*pair.client, there, client_saw));
  work.start(receive_all(*pair.server, there, server_saw));
  work.start(send_all(*pair.server, back, server_saw));
  work.start(receive_all(*pair.client, back, client_saw));
  co_await work.join();
}

transfer draw_transfer() {
  const auto size = *rc::gen::inRange<std::size_t>(0, 200'000);
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  const auto sizes = rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(rc::gen::oneOf(rc::gen::inRange<std::size_t>(64, 70'000), rc::gen::inRange<std::size_t>(500, 5'000))));
  transfer plan{.bytes = std::string(size, '\0'), .write_sizes = *sizes, .read_sizes = *sizes};
  std::minstd_rand random(seed);
  for (char& byte : plan.bytes) byte = static_cast<char>(random());
  return plan;
}

TEST_P(port_contract, bytes_arrive_in_order_and_completely_before_the_end_whatever_the_splits) {
  const bool held = rc::check("any splits", [this] {
    const transfer there = draw_transfer();
    const transfer back = draw_transfer();
    auto world = make(*rc::gen::arbitrary<std::uint64_t>());
    outcome server_saw;
    outcome client_saw;
    RC_ASSERT(world->run_to_end(both_ways(*world, there, back, server_saw, client_saw)));
    RC_ASSERT(server_saw.connected);
    RC_ASSERT(server_saw.received == there.bytes);
    RC_ASSERT(client_saw.received == back.bytes);
    RC_ASSERT(server_saw.read_end == base::io_error::end_of_stream);
    RC_ASSERT(client_saw.read_end == base::io_error::end_of_stream);
    RC_ASSERT(!server_saw.write_error);
    RC_ASSERT(!client_saw.write_error);
  });
  EXPECT_TRUE(held);
}

task::task<> one_byte_at_a_time(world_under_test& world, std::string& echoed) {
  task::strand& here = co_await task::this_strand();
  connected_pair pair = co_await connect_pair(world, here);
  if (!pair) co_return;
  for (char byte = 'a'; byte <= 'z'; ++byte) {
    auto sent = co_await pair.client->write_some({&byte, 1});
    char got = 0;
    auto received = co_await pair.server->read_some({&got, 1});
    if (!sent || !received) co_return;
    echoed += got;
  }
}

TEST_P(port_contract, a_read_of_one_byte_gets_the_byte_that_was_written) {
  auto world = make();
  std::string echoed;
  ASSERT_TRUE(world->run_to_end(one_byte_at_a_time(*world, echoed)));
  EXPECT_EQ(echoed, "abcdefghijklmnopqrstuvwxyz");
}

}  // namespace
}  // namespace contract
