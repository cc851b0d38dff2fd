// The example of blocking_nail.hpp, on real threads.

#include <gtest/gtest.h>

#include <iostream>
#include <mutex>
#include <semaphore>

#include "reference/io/clock.hpp"
#include "reference/io/connector.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/io/thread_pool.hpp"
#include "reference/nail/blocking_nail.hpp"
#include "reference/stdio/routed_streams.hpp"
#include "reference/task/group.hpp"
#include "reference/task/spawn.hpp"

namespace naild::nail {
namespace {

class greet final : public blocking_nail {
 public:
  std::int32_t run(blocking_context run) override {
    std::cout << "who are you?\n";
    std::istream in(std::cin.rdbuf());
    std::string name;
    std::getline(in, name);
    run.start_thread([run, name]() mutable { run.write_stdout("hello " + name + "\n"); });
    return 0;
  }
};

class deaf final : public blocking_nail {
 public:
  explicit deaf(std::binary_semaphore& until) : until_(until) {}
  std::int32_t run(blocking_context run) override {
    until_.acquire();
    run.write_stdout("late");
    return 0;
  }

 private:
  std::binary_semaphore& until_;
};

class recording_log final : public port::log_sink {
 public:
  void write(port::severity, std::uint32_t, std::string_view text) noexcept override {
    const std::lock_guard lock(mutex_);
    text_.append(text).append("\n");
    if (text.starts_with("late")) late_seen_.release();
  }
  bool has(std::string_view text) {
    const std::lock_guard lock(mutex_);
    return text_.find(text) != std::string::npos;
  }
  void wait_for_late_words() { late_seen_.acquire(); }

 private:
  std::mutex mutex_;
  std::string text_;
  std::counting_semaphore<64> late_seen_{0};
};

/// A session without a connection: what a nail writes stays in its queue.
class lone_session final : stdio::output_listener, stdio::stdin_listener {
 public:
  explicit lone_session(port::log_sink& log) : log_(log) {}

  std::string play(nail& played, base::byte_view input) {
    task::spawn(own_, run(played, input), label_);
    loop_.run(1);
    std::string sent;
    output_.take(sent);
    return sent;
  }
  std::int32_t code() const noexcept { return code_; }

  /// Any thread.
  void cancel() {
    task::post(own_, label_, [this] { token_.fire(); });
  }
  void finish() { strands_.destroy_suspended(); }

 private:
  void output_appeared() override {}
  void stdin_wanted() override {}
  void stdin_chunk_consumed() override {}
  void stdin_has_room() override {}
  void stdin_stopped() override {}
  void stdin_lost() override {}

  task::task<> run(nail& played, base::byte_view input) {
    if (!input.empty()) input_.push(input);
    input_.end();
    const port::world world{strands_, time_, network_};
    nail_context context({.command = "x", .arguments = {}, .environment = {}, .working_dir = "/"},
                         {own_, 1, world, log_, output_, input_, token_});
    code_ = co_await played.run(context);
    loop_.stop();
  }

  static constexpr task::step_label label_{};
  port::log_sink& log_;
  io::loop loop_;
  io::strand_pool strands_{loop_};
  io::clock time_{loop_};
  io::connector network_{loop_};
  task::strand& own_ = strands_.make_strand(1, "session");
  stdio::output_queue output_{own_, 1, 1 << 20, *this};
  stdio::stdin_pipe input_{own_, 1, {.memory = 1 << 20, .total = 1 << 20}, *this};
  cancel_token token_;
  std::int32_t code_ = -99;
};

TEST(BlockingNail, the_example_greets_through_std_streams_and_a_thread_of_its_own) {
  recording_log log;
  const stdio::routed_streams routed(log);
  io::thread_pool threads;
  lone_session session(log);
  const auto nail = make_nail(std::make_unique<greet>(), threads, {});
  const std::string sent = session.play(*nail, "Bob\n");
  EXPECT_EQ(session.code(), 0);
  EXPECT_NE(sent.find("who are you?\n"), std::string::npos);
  EXPECT_NE(sent.find("hello Bob\n"), std::string::npos);
  EXPECT_EQ(threads.stop(std::chrono::seconds(60)), 0u);
  session.finish();
}

TEST(BlockingNail, a_deaf_one_is_given_up_after_the_grace_and_its_late_words_go_to_the_log) {
  recording_log log;
  std::binary_semaphore until(0);
  io::thread_pool threads;
  lone_session session(log);
  int drained = 0;
  const auto nail = make_nail(std::make_unique<deaf>(until), threads,
                              {.grace_ms = 1, .when_exhausted = [&] { ++drained; }, .when_begun = [&](std::uint32_t) { session.cancel(); }});
  const std::string sent = session.play(*nail, "");
  EXPECT_EQ(session.code(), cancelled_exit_code);
  EXPECT_NE(sent.find("has been given up"), std::string::npos);
  EXPECT_TRUE(log.has("1 of its threads are lost"));
  EXPECT_EQ(drained, 0);
  until.release();
  log.wait_for_late_words();
  EXPECT_TRUE(log.has("late stdout: late"));
  session.finish();
}

}  // namespace
}  // namespace naild::nail
