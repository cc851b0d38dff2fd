#include "reference/io/stray_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <latch>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/io/file_descriptor.hpp"
#include "reference/io/loop.hpp"

namespace naild::io {
namespace {

using testing::ElementsAre;

struct recording_log final : port::log_sink {
  void write(port::severity, std::uint32_t session, std::string_view text) noexcept override {
    lines.push_back(std::to_string(session) + ": " + std::string(text));
  }
  std::vector<std::string> lines;
};

/// A pipe in the place of the process's stdout; the loop does not run.
struct process {
  process() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    read_end = file_descriptor(ends[0]);
    write_end = file_descriptor(ends[1]);
  }
  void print(const std::string& text) const { EXPECT_EQ(::write(write_end.get(), text.data(), text.size()), static_cast<ssize_t>(text.size())); }

  recording_log log;
  file_descriptor read_end;
  file_descriptor write_end;
  io::loop loop;
};

TEST(StrayOutput, of_the_one_session_that_has_a_thread_is_named_by_it) {
  process own;
  stray_output stray(own.loop, own.read_end.get(), own.log);
  own.print("nobody's\n");
  stray.begun(3);
  stray.begun(3);
  own.print("its\n");
  stray.ended(3);
  own.print("still its\n");
  stray.ended(3);
  own.print("late\n");
  stray.begun(4);
  stray.ended(4);
  EXPECT_THAT(own.log.lines, ElementsAre("0: stray output: nobody's", "3: stray output: its", "3: stray output: still its", "0: stray output: late"));
}

TEST(StrayOutput, of_several_sessions_names_them_all) {
  process own;
  stray_output stray(own.loop, own.read_end.get(), own.log);
  stray.begun(5);
  stray.begun(3);
  own.print("whose?\n");
  stray.ended(5);
  own.print("the other's\n");
  stray.ended(3);
  EXPECT_THAT(own.log.lines, ElementsAre("0: stray output of one of the sessions 3, 5: whose?", "3: stray output: the other's"));
}

TEST(StrayOutput, of_many_sessions_names_none) {
  process own;
  stray_output stray(own.loop, own.read_end.get(), own.log);
  for (port::work_owner session = 1; session <= 9; ++session) stray.begun(session);
  own.print("whose?\n");
  stray.finish();
  EXPECT_THAT(own.log.lines, ElementsAre("0: stray output of one of more than 8 sessions: whose?", "0: stray output: 7 bytes in all"));
}

TEST(StrayOutput, whose_pipe_is_closed_is_not_waited_for_any_more) {
  process own;
  stray_output stray(own.loop, own.read_end.get(), own.log);
  own.print("last\n");
  own.write_end.close();
  own.loop.context().poll();  // until nothing is ready: a closed pipe always is
  EXPECT_THAT(own.log.lines, ElementsAre("0: stray output: last"));
}

TEST(StrayOutput, that_ends_its_line_later_may_be_of_either) {
  process own;
  stray_output stray(own.loop, own.read_end.get(), own.log);
  stray.begun(3);
  own.print("begun ");
  stray.ended(3);
  stray.begun(4);
  own.print("and ended\nnext\n");
  stray.ended(4);
  own.print("the rest");
  stray.finish();
  EXPECT_THAT(own.log.lines, ElementsAre("0: stray output of one of the sessions 3, 4: begun and ended", "4: stray output: next",
                                         "0: stray output: the rest", "0: stray output: 29 bytes in all"));
}

TEST(StrayOutput, is_asked_for_around_all_work_of_a_pool) {
  struct recording_watch final : job_watch {
    void begun(port::work_owner owner) override { seen += "begun " + std::to_string(owner) + ", "; }
    void ended(port::work_owner owner) override {
      seen += "ended " + std::to_string(owner);
      done.count_down();
    }
    std::string seen;
    std::latch done{1};
  } watch;
  thread_pool pool({}, &watch);
  auto held = std::shared_ptr<int>(new int(0), [&watch](const int* dead) {
    watch.seen += "destroyed, ";
    delete dead;
  });
  ASSERT_TRUE(pool.start(7, [&watch, mine = std::move(held)] { watch.seen += "ran, "; }, port::when_busy::wait));
  watch.done.wait();
  EXPECT_EQ(pool.stop(std::chrono::seconds(60)), 0u);
  EXPECT_EQ(watch.seen, "begun 7, ran, destroyed, ended 7");
}

}  // namespace
}  // namespace naild::io
