// The one timer of all sessions while it works, and the threads whose sessions leave notes with it meanwhile.

#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/daemon/deadlines.hpp"
#include "reference/task/spawn.hpp"
#include "tests/crowded/working_strand.hpp"

namespace crowded {
namespace {

namespace daemon = naild::daemon;
namespace port = naild::port;

constexpr std::uint32_t threads = 3;
constexpr std::uint32_t rounds = 3'000;

/// Time stands still: a timer ends when it is cancelled.
struct endless_clock final : port::clock {
  struct endless_timer final : port::timer {
    endless_timer() : timer({}) {}
    void cancel() noexcept override {
      if (std::exchange(waits, false)) wait_.complete(tl::unexpected(naild::base::io_error::aborted));
    }
    naild::task::started start_wait(port::time_ns) override {
      waits = true;
      return naild::task::started::pending;
    }
    bool waits = false;
  };
  port::time_ns now() const noexcept override { return 1; }
  std::unique_ptr<port::timer> make_timer(naild::task::step_label) override { return std::make_unique<endless_timer>(); }
};

naild::task::task<> run_to_the_end(daemon::deadlines& notes, working_strand& where) {
  co_await notes.run();
  where.stop();
}

TEST(Deadlines, take_notes_from_all_threads_while_the_timer_works) {
  working_strand where;
  endless_clock time;
  daemon::deadlines notes(time, where);
  naild::task::spawn(where, run_to_the_end(notes, where), {});
  std::jthread working([&] { where.run(); });
  {
    std::vector<std::jthread> all;
    for (std::uint32_t thread = 0; thread < threads; ++thread) {
      all.emplace_back([&, thread] {
        const auto session = std::make_shared<daemon::session_handle>(1 + thread, where);
        for (std::uint32_t round = 0; round < rounds; ++round) {
          const port::time_ns when = 1'000'000 - round;
          notes.set(session, when, 0);
          notes.clear(session->id, when);
        }
      });
    }
  }
  naild::task::post(where, {}, [&notes] { notes.stop(); });
  working.join();  // no deadline: a wake-up that is lost shows as a test that does not end
}

}  // namespace
}  // namespace crowded
