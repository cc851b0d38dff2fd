// The client `nail` beside a daemon that closes whenever it likes: what had been sent by then is the run's outcome, and a
// heartbeat into a closed connection is nobody's error.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/sim/world.hpp"
#include "reference/client/driver.hpp"
#include "reference/task/event.hpp"
#include "reference/task/spawn.hpp"
#include "reference/wire/decoder.hpp"
#include "reference/wire/encoder.hpp"

namespace naild::client {
namespace {

using namespace nailbiter;
using testing::HasSubstr;
using wire::server_chunk_type;

constexpr std::uint64_t beat_ms = 10;
constexpr std::uint64_t schedules = 60;

class no_interrupts final : public interrupts {
 public:
  explicit no_interrupts(task::strand& where) : ended_(where, {}) {}
  task::task<bool> next() override {
    while (!over_) co_await ended_;
    co_return false;
  }
  void cancel() noexcept override {
    over_ = true;
    ended_.set();
  }

 private:
  task::event ended_;
  bool over_ = false;
};

enum class goes : std::uint8_t { closes, resets, shuts_and_stays };

struct behaviour {
  int after_beats = 0;
  std::string sends;  // its last words
  goes how = goes::closes;
};

task::task<> send(port::byte_stream& into, base::byte_view rest) {
  while (!rest.empty()) {
    const auto taken = co_await into.write_some(rest);
    if (!taken) co_return;
    rest.remove_prefix(*taken);
  }
}

/// Grants stdin, hears so many beats and goes, with whatever is unread.
task::task<> play_daemon(std::unique_ptr<port::byte_stream> stream, const behaviour& what) {
  wire::client_chunk_decoder decoder(1u << 20);
  std::string words;
  wire::append_chunk(words, server_chunk_type::start_reading_stdin, {});
  co_await send(*stream, words);
  char buffer[512];
  for (int beats = 0; beats < what.after_beats;) {
    const auto got = co_await stream->read_some(buffer);
    if (!got) co_return;
    decoder.push({buffer, *got});
    for (auto next = decoder.next(); next && *next; next = decoder.next()) {
      beats += (*next)->type == wire::client_chunk_type::heartbeat ? 1 : 0;
    }
  }
  co_await send(*stream, what.sends);
  if (what.how == goes::closes) stream->close();
  if (what.how == goes::resets) stream->reset();
  stream->shutdown_write();
  for (bool more = true; more;) {
    const auto got = co_await stream->read_some(buffer);
    more = got.has_value();
  }
}

task::task<> read_all(port::byte_stream& from, std::string& into) {
  char buffer[512];
  for (;;) {
    const auto got = co_await from.read_some(buffer);
    if (!got) co_return;
    into.append(buffer, *got);
  }
}

struct played {
  std::optional<outcome> result;
  std::string out;
};

struct local_streams {
  explicit local_streams(sim::world& world) : in(world.connected_pair()), out(world.connected_pair()), err(world.connected_pair()) {}
  sim::stream_pair in, out, err;
};

task::task<> play_client(sim::world& world, std::unique_ptr<port::byte_stream> daemon, local_streams& local, played& seen) {
  task::strand& here = co_await task::this_strand();
  no_interrupts never(here);
  invocation asked;
  asked.command = "exec";
  asked.working_dir = "/";
  const surroundings around{.daemon = *daemon, .standard_in = *local.in.first, .standard_out = *local.out.first, .standard_err = *local.err.first,
                            .interrupted = never, .time = world.ports().time, .heartbeat_ms = beat_ms};
  outcome result = co_await run(asked, around);
  seen.result = std::move(result);
  local.out.first->close();
}

template <class Expect>
void for_each_schedule(const behaviour& what, Expect expect) {
  for (const char* strategy : {"fifo", "random", "pct", "pos"}) {
    for (std::uint64_t seed = 0; seed < schedules && !testing::Test::HasFailure(); ++seed) {
      SCOPED_TRACE(testing::Message() << strategy << " seed " << seed << " after " << what.after_beats << " beats");
      const auto decides = explore::make_strategy(strategy);
      sim::world world;
      world.begin(*decides, seed);
      played seen;
      {
        auto connection = world.connected_pair();
        local_streams local(world);
        auto& strands = world.ports().strands;
        task::spawn(strands.make_strand(1, "daemon"), play_daemon(std::move(connection.second), what), {});
        task::spawn(strands.make_strand(2, "reader"), read_all(*local.out.second, seen.out), {});
        task::spawn(strands.make_strand(3, "client"), play_client(world, std::move(connection.first), local, seen), {});
        world.run();
        world.end();
      }
      ASSERT_TRUE(seen.result.has_value()) << "the client never ends";
      expect(seen);
    }
  }
}

std::string last_words(const std::string& code) {
  std::string bytes;
  wire::append_chunk(bytes, server_chunk_type::stdout_data, "out");
  if (!code.empty()) wire::append_chunk(bytes, server_chunk_type::exit, code);
  return bytes;
}

TEST(Client, leaves_with_the_runs_code_when_it_beats_into_a_closed_connection) {
  for (const goes how : {goes::closes, goes::shuts_and_stays}) {
    for (int beats = 0; beats < 4; ++beats) {
      for_each_schedule({.after_beats = beats, .sends = last_words("3"), .how = how}, [](const played& seen) {
        EXPECT_EQ(seen.result->exit_code, 3);
        EXPECT_EQ(seen.result->complaint, "");
        EXPECT_EQ(seen.out, "out");
      });
    }
  }
}

TEST(Client, says_that_the_outcome_is_unknown_when_the_daemon_goes_without_a_code) {
  for (const goes how : {goes::closes, goes::resets}) {
    for (int beats = 0; beats < 3; ++beats) {
      for_each_schedule({.after_beats = beats, .sends = last_words(""), .how = how}, [](const played& seen) {
        EXPECT_EQ(seen.result->exit_code, exit_no_daemon);
        EXPECT_THAT(seen.result->complaint, HasSubstr("outcome is unknown"));
      });
    }
  }
}

}  // namespace
}  // namespace naild::client
