#include "reference/io/deferral.hpp"

#include <string>

#include <gtest/gtest.h>

#include "reference/task/group.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

/// Writes down what happens, a letter each: "L" when the deferral has begun.
struct diary {
  std::string text;
  deferral late{this, [](void* self) noexcept { static_cast<diary*>(self)->text += 'L'; }};

  void note(task::strand& where, char letter) {
    task::post(where, {}, [this, letter] { text += letter; });
  }
};

TEST(Deferral, begins_after_the_own_steps_and_one_turn_of_the_other_strands) {
  io_fixture world;
  task::strand& own = world.strands.make_strand(1, "own");
  task::strand& other = world.strands.make_strand(2, "other");
  diary seen;
  task::post(own, {}, [&] {
    seen.late.put_off();
    seen.note(own, 'a');
    seen.note(other, 'b');
    task::post(other, {}, [&] { seen.note(own, 'c'); });
    task::post(own, {}, [&] { seen.note(own, 'd'); });
  });
  task::post(world.own, {}, [&] { task::post(world.own, {}, [&] { world.loop_.stop(); }); });
  world.loop_.run(1);
  EXPECT_EQ(seen.text, "adbcL");
}

/// Posts itself again and again until the deferral has begun, or far too often.
struct restless {
  diary& seen;
  task::strand& where;
  io_fixture& world;
  int steps = 0;

  void go_on() {
    task::post(where, {}, [this] {
      if (!seen.text.empty() || ++steps == 1'000) return world.loop_.stop();
      go_on();
    });
  }
};

TEST(Deferral, begins_though_its_strand_always_has_work) {
  io_fixture world;
  task::strand& own = world.strands.make_strand(1, "own");
  diary seen;
  restless busy{.seen = seen, .where = own, .world = world};
  task::post(own, {}, [&] {
    seen.late.put_off();
    busy.go_on();
  });
  world.loop_.run(1);
  EXPECT_LT(busy.steps, 1'000);
}

TEST(Deferral, lets_the_steps_that_an_earlier_one_has_caused_go_first) {
  io_fixture world;
  task::strand& own = world.strands.make_strand(1, "own");
  diary seen;
  const auto note_a_step = [&] { seen.note(own, 'a'); };
  auto causing = [](void* note) noexcept { (*static_cast<decltype(note_a_step)*>(note))(); };
  deferral first(const_cast<void*>(static_cast<const void*>(&note_a_step)), causing);
  task::post(own, {}, [&] {
    first.put_off();
    seen.late.put_off();
  });
  task::post(world.own, {}, [&] { task::post(world.own, {}, [&] { world.loop_.stop(); }); });
  world.loop_.run(1);
  EXPECT_EQ(seen.text, "aL");
}

TEST(Deferral, that_was_withdrawn_never_begins) {
  io_fixture world;
  task::strand& own = world.strands.make_strand(1, "own");
  diary seen;
  diary kept;
  bool withdrawn = false;
  task::post(own, {}, [&] {
    seen.late.put_off();
    kept.late.put_off();
    task::post(own, {}, [&] { withdrawn = seen.late.withdraw(); });
  });
  task::post(world.own, {}, [&] { world.loop_.stop(); });
  world.loop_.run(1);
  EXPECT_TRUE(withdrawn);
  EXPECT_FALSE(seen.late.withdraw());
  EXPECT_EQ(seen.text, "");
  EXPECT_EQ(kept.text, "L");
}

TEST(Deferral, begins_at_once_where_no_strand_of_the_loop_runs) {
  diary seen;
  seen.late.put_off();
  EXPECT_EQ(seen.text, "L");
  EXPECT_FALSE(seen.late.withdraw());
}

task::task<> read_into(port::byte_stream& from, base::io_result<std::size_t>& got) {
  char byte = 0;
  got = co_await from.read_some({&byte, 1});
}

task::task<> accept_into(port::listener& from, port::stream_result& got) { got = co_await from.accept(); }

// Both waits are put off when their owner closes: neither has reached the kernel.
task::task<> close_in_the_same_turn(io_fixture& world, port::listener& from, base::io_error& read, base::io_error& accepted) {
  auto attempt = world.network.prepare(from.where());
  auto client = co_await attempt->connect();
  if (!client) co_return;
  auto server = co_await from.accept();
  if (!server) co_return;
  base::io_result<std::size_t> got = 0;
  port::stream_result next;
  task::group waits(world.own, {});
  waits.start(read_into(**server, got));
  waits.start(accept_into(from, next));
  waits.start([](port::byte_stream& stream, port::listener& listener) -> task::task<> {
    stream.close();
    listener.close();
    co_return;
  }(**server, from));
  co_await waits.join();
  if (!got) read = got.error();
  if (!next) accepted = next.error();
}

TEST(Deferral, of_a_read_or_an_accept_ends_with_aborted_when_its_owner_closes_first) {
  io_fixture world;
  auto listener = make_listener(world.loop_, world.unix_address("s"));
  ASSERT_TRUE(listener) << listener.error();
  auto read = base::io_error::reset;
  auto accepted = base::io_error::reset;
  world.run(close_in_the_same_turn(world, **listener, read, accepted));
  EXPECT_EQ(read, base::io_error::aborted);
  EXPECT_EQ(accepted, base::io_error::aborted);
}

}  // namespace
}  // namespace naild::io
