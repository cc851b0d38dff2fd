// What the one timer of all sessions is asked for.

#include "reference/daemon/deadlines.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "reference/task/spawn.hpp"
#include "tests/reference/task/manual_strand.hpp"

namespace naild::daemon {
namespace {

struct recording_clock final : port::clock {
  struct recording_timer final : port::timer {
    explicit recording_timer(std::vector<port::time_ns>& into) : timer({}), asked(into) {}
    void cancel() noexcept override { wait_.complete(tl::unexpected(base::io_error::aborted)); }
    task::started start_wait(port::time_ns deadline) override {
      asked.push_back(deadline);
      return task::started::pending;
    }
    std::vector<port::time_ns>& asked;
  };

  port::time_ns now() const noexcept override { return 1; }
  std::unique_ptr<port::timer> make_timer(task::step_label) override { return std::make_unique<recording_timer>(asked); }

  std::vector<port::time_ns> asked;
};

TEST(Deadlines, without_a_note_no_timer_runs) {
  task::manual_strand where;
  recording_clock time;
  deadlines notes(time, where);
  task::spawn(where, notes.run(), {});
  where.run_all();
  EXPECT_TRUE(time.asked.empty());
  const auto session = std::make_shared<session_handle>(1, where);
  notes.set(session, 50, 0);
  where.run_all();
  EXPECT_EQ(time.asked, std::vector<port::time_ns>{50});
  notes.clear(1, 50);
  where.run_all();
  EXPECT_EQ(time.asked.size(), 1u) << "a note that is taken away costs no wake-up";
}

}  // namespace
}  // namespace naild::daemon
