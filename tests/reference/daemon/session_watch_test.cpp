#include "reference/daemon/session_watch.hpp"

#include <gtest/gtest.h>

#include "tests/reference/task/manual_strand.hpp"

namespace naild::daemon {
namespace {

constexpr port::time_ns limit = port::milliseconds(800);
constexpr port::time_ns slack = port::milliseconds(100);

struct set_clock final : port::clock {
  port::time_ns now() const noexcept override { return at; }
  std::unique_ptr<port::timer> make_timer(task::step_label) override { return nullptr; }
  port::time_ns at = port::milliseconds(1);
};

struct watched {
  watched() { watch.on_state(session::state::running); }

  /// What a note says that is looked at `at`.
  std::optional<session::event_kind> look(port::time_ns at) {
    time.at = at;
    return watch.on_deadline(at);
  }

  task::manual_strand where;
  set_clock time;
  limits bounds{.heartbeat_timeout_ms = 800};
  deadlines notes{time, where};
  session_watch watch{notes, time, bounds, std::make_shared<session_handle>(1, where)};
};

TEST(SessionWatch, silence_ends_at_the_limit_and_its_slack) {
  watched it;
  it.watch.on_heartbeat();
  const port::time_ns heard = it.time.at;
  EXPECT_FALSE(it.look(heard + limit));
  EXPECT_FALSE(it.look(heard + limit + slack - 1));
  EXPECT_EQ(it.look(heard + limit + slack), session::event_kind::heartbeat_timed_out);
}

TEST(SessionWatch, a_daemon_that_was_late_looks_twice_each_time) {
  watched it;
  it.watch.on_heartbeat();
  EXPECT_FALSE(it.look(20 * limit)) << "a beat may be in the socket";
  it.watch.on_heard();
  EXPECT_FALSE(it.look(40 * limit));
  EXPECT_FALSE(it.look(40 * limit + slack - 1));
  EXPECT_EQ(it.look(40 * limit + slack), session::event_kind::heartbeat_timed_out);
}

TEST(SessionWatch, without_a_beat_silence_says_nothing) {
  watched it;
  EXPECT_FALSE(it.look(20 * limit));
  EXPECT_FALSE(it.look(40 * limit));
}

}  // namespace
}  // namespace naild::daemon
