#include "harness/actor/case_driver.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "harness/explore/strategy.hpp"
#include "harness/sim/world.hpp"
#include "harness/wire/raw_encoder.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::actor {
namespace {

using naild::task::task;
using plan::op;
using plan::op_kind;

std::string chunk(char type, std::string_view payload = {}) {
  std::string out;
  wire::append_chunk(out, static_cast<std::uint8_t>(type), payload);
  return out;
}

/// A daemon that answers each connection by a fixed conversation: a part is sent when the bytes before it have come.
struct exchange {
  std::string until;  // what the client must have sent, as a substring
  std::string reply;
};

task<> converse(std::unique_ptr<naild::port::byte_stream> stream, const std::vector<exchange>& parts, std::string& received) {
  std::array<char, 4096> buffer;
  std::size_t next = 0;
  for (;;) {
    while (next < parts.size() && received.find(parts[next].until) != received.npos) {
      std::string_view reply = parts[next++].reply;
      if (reply.empty()) co_return;  // leaves
      while (!reply.empty()) {
        const auto sent = co_await stream->write_some(reply);
        if (!sent) co_return;
        reply.remove_prefix(*sent);
      }
    }
    const auto got = co_await stream->read_some(buffer);
    if (!got) co_return;
    received.append(buffer.data(), *got);
  }
}

task<> serve(naild::port::listener& door, const std::vector<exchange>& parts, std::string& received) {
  for (;;) {
    auto next = co_await door.accept();
    if (!next) co_return;
    co_await converse(std::move(*next), parts, received);
  }
}

struct played {
  std::vector<history::event> events;
  std::string received;  // by the daemon
  std::string awaited;

  std::vector<event_kind> kinds() const {
    std::vector<event_kind> all;
    for (const auto& seen : events) all.push_back(seen.kind);
    return all;
  }
};

played play(const plan::plan& what, const std::vector<exchange>& parts, std::uint64_t seed = 1) {
  played result;
  sim::world world;
  const auto fifo = explore::make_strategy("random");
  world.begin(*fifo, seed);
  const auto door = world.listen("daemon");
  const setting where{.world = world.ports(), .daemon = sim::simulated_address("daemon"), .puppet_argv = {"puppet"}};
  case_driver driver(where, what, nullptr);
  naild::task::strand& own = world.ports().strands.make_strand(0, "daemon");
  naild::task::spawn(own, serve(**door, parts, result.received), {});
  driver.start();
  world.run();
  result.awaited = driver.awaited();
  world.end();
  result.events = driver.record().take();
  return result;
}

plan::plan one_client(std::vector<plan::op> ops = {}) {
  plan::plan what;
  plan::client& who = what.clients.emplace_back();
  who.name = "a";
  who.command = {"run", "one"};
  who.ops = std::move(ops);
  return what;
}

TEST(CaseDriver, a_client_sends_its_header_reads_to_the_end_and_closes) {
  const played seen = play(one_client(), {{chunk('C', "run"), chunk('1', "hi")}, {chunk('C', "run"), chunk('X', "0")}, {chunk('C', "run"), ""}});
  EXPECT_EQ(seen.awaited, "");
  EXPECT_EQ(seen.received, chunk('A', "one") + chunk('D', "/") + chunk('C', "run"));
  EXPECT_EQ(seen.kinds(), (std::vector<event_kind>{event_kind::connected, event_kind::sent_header, event_kind::received_chunk,
                                                   event_kind::received_chunk, event_kind::received_end, event_kind::closed,
                                                   event_kind::client_finished}));
}

TEST(CaseDriver, stdin_goes_out_one_chunk_a_grant_and_ends_with_one_eof) {
  plan::plan what = one_client();
  what.clients[0].stdin_from = plan::stdin_source::text;
  what.clients[0].stdin_text = "abc";
  what.clients[0].stdin_chunk_bytes = 2;
  const played seen = play(what, {{chunk('C', "run"), chunk('S')},
                                  {chunk('0', "ab"), chunk('S')},
                                  {chunk('0', "c"), chunk('S')},
                                  {chunk('.'), chunk('X', "0")},
                                  {chunk('.'), ""}});
  EXPECT_EQ(seen.awaited, "");
  EXPECT_TRUE(seen.received.ends_with(chunk('0', "ab") + chunk('0', "c") + chunk('.')));
}

TEST(CaseDriver, an_op_whose_event_cannot_come_any_more_abandons_the_rest) {
  const played seen = play(one_client({{.kind = op_kind::until_stdout, .number = 3}, {.kind = op_kind::heartbeat}}),
                           {{chunk('C', "run"), chunk('X', "0")}, {chunk('C', "run"), ""}});
  EXPECT_EQ(seen.awaited, "");
  EXPECT_EQ(seen.received.find(chunk('H')), seen.received.npos);
}

TEST(CaseDriver, ops_wait_for_output_and_then_act) {
  const played seen = play(one_client({{.kind = op_kind::until_stdout, .number = 2}, {.kind = op_kind::heartbeat}}),
                           {{chunk('C', "run"), chunk('1', "ab")}, {chunk('H'), chunk('X', "0")}, {chunk('H'), ""}});
  EXPECT_EQ(seen.awaited, "");
}

TEST(CaseDriver, names_what_is_awaited_when_nothing_happens_any_more) {
  const played seen = play(one_client({{.kind = op_kind::until_exit}}), {});
  EXPECT_EQ(seen.awaited, "a: until exit");
}

TEST(CaseDriver, a_client_that_starts_after_another_connects_when_that_has_finished) {
  plan::plan what = one_client();
  what.clients.push_back(what.clients[0]);
  what.clients[0].starts_after = "b";
  what.clients[1].name = "b";
  const played seen = play(what, {{chunk('C', "run"), chunk('X', "0")}, {chunk('C', "run"), ""}});
  EXPECT_EQ(seen.awaited, "");
  EXPECT_EQ(seen.events.front().actor, 1u);
  EXPECT_EQ(seen.events.back().actor, 0u);
}

op turn(std::uint64_t number) { return {.kind = op_kind::turn, .number = number}; }

/// Whose acts other than waits came in which order, as "b connected" and so on.
std::vector<std::string> acts_of(const played& seen, const plan::plan& what) {
  std::vector<std::string> all;
  for (const auto& event : seen.events) {
    if (event.kind == event_kind::sent_chunk || event.kind == event_kind::sent_header || event.kind == event_kind::closed) {
      all.push_back(what.clients[event.actor].name + " " + name_of(event.kind));
    }
  }
  return all;
}

TEST(CaseDriver, clients_act_in_the_order_of_their_turns_under_any_schedule) {
  plan::plan what = one_client({turn(3), {.kind = op_kind::heartbeat}, turn(5), {.kind = op_kind::close}});
  what.clients.push_back(what.clients[0]);
  what.clients[1].name = "b";
  what.clients[0].starts_at_turn = 2;
  what.clients[1].starts_at_turn = 1;
  what.clients[1].ops = {turn(4), {.kind = op_kind::close}};
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const played seen = play(what, {}, seed);
    EXPECT_EQ(seen.awaited, "");
    EXPECT_EQ(acts_of(seen, what),
              (std::vector<std::string>{"b sent_header", "a sent_header", "a sent_chunk", "b closed", "a closed"}));
  }
}

TEST(CaseDriver, turns_of_a_client_that_abandons_its_ops_hold_nobody_up) {
  plan::plan what = one_client({{.kind = op_kind::until_client, .text = "nobody"}, turn(1), {.kind = op_kind::close}});
  what.clients.push_back(what.clients[0]);
  what.clients[1].name = "b";
  what.clients[1].starts_at_turn = 2;
  what.clients[1].ops = {turn(3), {.kind = op_kind::close}};
  const played seen = play(what, {{chunk('C', "run"), chunk('X', "0")}, {chunk('C', "run"), ""}});
  EXPECT_EQ(seen.awaited, "");
  EXPECT_EQ(seen.events.back().kind, event_kind::client_finished);
}

TEST(CaseDriver, the_same_seed_makes_the_same_history) {
  const std::vector<exchange> parts{{chunk('C', "run"), chunk('1', "hello")}, {chunk('C', "run"), chunk('X', "0")}, {chunk('C', "run"), ""}};
  EXPECT_EQ(play(one_client(), parts, 7).events, play(one_client(), parts, 7).events);
}

TEST(CaseDriver, bytes_that_are_no_chunks_are_told_and_end_the_reading) {
  const played seen = play(one_client(), {{chunk('C', "run"), "\xff\xff\xff\xff" "1garbage"}});
  EXPECT_EQ(seen.awaited, "");
  EXPECT_EQ(seen.kinds()[2], event_kind::received_bad_bytes);
}

}  // namespace
}  // namespace nailbiter::actor
