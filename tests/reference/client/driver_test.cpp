// The driver of `nail` beside a user who does not read: the daemon is held back, and this process's memory is bounded.

#include "reference/client/driver.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "reference/task/event.hpp"
#include "reference/task/spawn.hpp"
#include "reference/wire/encoder.hpp"
#include "tests/reference/task/manual_strand.hpp"

namespace naild::client {
namespace {

using wire::server_chunk_type;

constexpr std::size_t unprinted_bytes_max = 256u << 10;  // some reads of the driver's

/// Brings bytes as long as it has some, then nothing; takes what it is sent as far as it has room, then nothing.
class scripted_stream final : public port::byte_stream {
 public:
  std::string brings;  // what can still be read
  std::size_t room = 1u << 30;
  std::size_t read = 0;
  std::string taken;

  void cancel_peer_closed() noexcept override {}
  bool can_watch_peer() const noexcept override { return false; }
  void shutdown_write() noexcept override {}
  void close() noexcept override {
    if (std::exchange(reading_, false)) read_.complete(tl::unexpected(base::io_error::aborted));
  }
  void reset() noexcept override { close(); }
  void fail_write() { write_.complete(tl::unexpected(base::io_error::reset)); }  // the one that waits for room
  std::optional<port::peer_credentials> peer() const noexcept override { return std::nullopt; }

 private:
  task::started start_read(std::span<char> into) override {
    if (brings.empty()) {
      reading_ = true;
      return task::started::pending;
    }
    const std::size_t size = brings.copy(into.data(), into.size());
    brings.erase(0, size);
    read += size;
    return read_.finish(size);
  }
  task::started start_write(base::byte_view from) override {
    const std::size_t size = std::min(room, from.size());
    if (size == 0) return task::started::pending;
    taken.append(from.substr(0, size));
    room -= size;
    return write_.finish(size);
  }
  task::started start_peer_closed() override { return task::started::pending; }

  bool reading_ = false;
};

class never_due final : public port::timer {
 public:
  explicit never_due(task::step_label label) : timer(label) {}
  void cancel() noexcept override {
    if (std::exchange(waiting_, false)) wait_.complete(tl::unexpected(base::io_error::aborted));
  }

 private:
  task::started start_wait(port::time_ns) override {
    waiting_ = true;
    return task::started::pending;
  }
  bool waiting_ = false;
};

class standing_clock final : public port::clock {
 public:
  port::time_ns now() const noexcept override { return 0; }
  std::unique_ptr<port::timer> make_timer(task::step_label label) override { return std::make_unique<never_due>(label); }
};

class no_interrupts final : public interrupts {
 public:
  explicit no_interrupts(task::strand& where) : over_(where, {}) {}
  task::task<bool> next() override {
    while (!is_over_) co_await over_;
    co_return false;
  }
  void cancel() noexcept override {
    is_over_ = true;
    over_.set();
  }

 private:
  task::event over_;
  bool is_over_ = false;
};

/// One run of the client between streams that do as they are told.
struct conversation {
  task::manual_strand where;
  scripted_stream daemon, standard_in, standard_out, standard_err;
  no_interrupts interrupted{where};
  standing_clock time;
  invocation asked{.command = "c", .arguments = {}, .environment = {}, .working_dir = "/"};
  surroundings ports{daemon, standard_in, standard_out, standard_err, interrupted, time};
  std::optional<outcome> ended;

  ~conversation() { where.destroy_suspended(); }

  task::task<> whole() { ended = co_await run(asked, ports); }
  void go() {
    task::spawn(where, whole(), {});
    where.run_all();
  }
};

std::string chunks(server_chunk_type type, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) wire::append_chunk(all, type, std::string(64u << 10, 'x'));
  return all;
}

std::string exit_chunk() {
  std::string chunk;
  wire::append_chunk(chunk, server_chunk_type::exit, "3");
  return chunk;
}

TEST(ClientDriver, a_user_who_does_not_read_stdout_holds_the_daemon_back) {
  conversation talk;
  talk.daemon.brings = chunks(server_chunk_type::stdout_data, 20);
  talk.standard_out.room = 0;
  talk.go();
  EXPECT_LE(talk.daemon.read, unprinted_bytes_max);
}

TEST(ClientDriver, a_user_who_does_not_read_stderr_holds_the_daemon_back) {
  conversation talk;
  talk.daemon.brings = chunks(server_chunk_type::stderr_data, 20);
  talk.standard_err.room = 0;
  talk.go();
  EXPECT_LE(talk.daemon.read, unprinted_bytes_max);
}

TEST(ClientDriver, all_that_came_is_printed_to_who_reads) {
  conversation talk;
  talk.daemon.brings = chunks(server_chunk_type::stderr_data, 20) + chunks(server_chunk_type::stdout_data, 10) + exit_chunk();
  talk.go();
  EXPECT_EQ(talk.standard_err.taken.size(), 20u << 16);
  EXPECT_EQ(talk.standard_out.taken.size(), 10u << 16);
  ASSERT_TRUE(talk.ended);
  EXPECT_EQ(talk.ended->exit_code, 3);
}

// Its run is cancelled; what it still writes has no reader, and must not keep its exit from being heard.
TEST(ClientDriver, a_stderr_that_is_gone_holds_nothing_back) {
  conversation talk;
  for (int i = 0; i < 10; ++i) talk.daemon.brings += chunks(server_chunk_type::stderr_data, 1) + chunks(server_chunk_type::stdout_data, 1);
  talk.daemon.brings += exit_chunk();
  talk.standard_err.room = 0;
  talk.go();
  EXPECT_FALSE(talk.ended);
  talk.standard_err.fail_write();
  talk.where.run_all();
  ASSERT_TRUE(talk.ended);
  EXPECT_EQ(talk.ended->exit_code, 3);
}

}  // namespace
}  // namespace naild::client
