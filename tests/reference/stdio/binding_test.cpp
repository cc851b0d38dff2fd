#include "reference/stdio/binding.hpp"

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <sstream>
#include <thread>

#include "reference/stdio/routed_streams.hpp"

namespace naild::stdio {
namespace {

struct deaf_watcher final : output_watcher, input_watcher {
  void output_waits() noexcept override {}
  void input_wanted() noexcept override {}
};

struct recording_log final : port::log_sink {
  void write(port::severity, std::uint32_t session, std::string_view text) noexcept override {
    lines << session << ": " << text << '\n';
  }
  std::ostringstream lines;
};

class Binding : public testing::Test {
 protected:
  destination_ref make(std::uint32_t session) { return std::make_shared<destination>(session, log_, watcher_, watcher_); }

  static std::string taken(const destination_ref& from) {
    std::vector<output_piece> batch;
    std::string text;
    if (from->output().take(batch)) {
      for (const output_piece& each : batch) text += each.text;
    }
    return text;
  }

  deaf_watcher watcher_;
  recording_log log_;
};

TEST_F(Binding, scopes_restore_what_was_there_before) {
  const auto a = make(1), b = make(2);
  EXPECT_EQ(current_destination(), nullptr);
  {
    const binding_scope outer(a);
    {
      const binding_scope inner(b);
      EXPECT_EQ(current_destination(), b);
    }
    EXPECT_EQ(current_destination(), a);
  }
  EXPECT_EQ(current_destination(), nullptr);
}

TEST_F(Binding, a_helper_is_bound_as_its_starter_was_at_the_call) {
  const auto a = make(1), b = make(2);
  destination_ref seen;
  std::function<void()> work;
  {
    const binding_scope scope(a);
    work = inherit([&seen] { seen = current_destination(); });
  }
  const binding_scope later(b);
  std::thread(work).join();
  EXPECT_EQ(seen, a);
}

TEST_F(Binding, the_streams_of_the_process_are_those_of_the_thread_that_uses_them) {
  const routed_streams routed(log_);
  const auto a = make(1), b = make(2);
  const auto say = [](destination_ref to, const char* text) {
    const binding_scope scope(std::move(to));
    std::cout << text << 1;
    std::cerr << text;
    std::clog << '!';
  };
  std::thread(say, a, "a").join();
  std::thread(say, b, "b").join();
  EXPECT_EQ(taken(a), "a1a!");
  EXPECT_EQ(taken(b), "b1b!");
}

TEST_F(Binding, what_an_unbound_thread_writes_goes_to_the_sink) {
  const routed_streams routed(log_);
  std::cout << "stray";
  EXPECT_EQ(log_.lines.str(), "0: stray\n");
}

TEST_F(Binding, the_end_of_one_runs_stdin_is_no_other_runs) {
  const routed_streams routed(log_);
  const auto a = make(1), b = make(2);
  a->input().end();
  b->input().give("word of b");
  b->input().end();
  std::string from_a, from_b;
  {
    const binding_scope scope(a);
    std::istream in(std::cin.rdbuf());
    in >> from_a;
  }
  const binding_scope scope(b);
  std::istream in(std::cin.rdbuf());
  in >> from_b;
  EXPECT_EQ(from_a, "");
  EXPECT_EQ(from_b, "word");
}

TEST_F(Binding, each_run_has_its_own_log_level_and_late_words_carry_its_session) {
  const auto a = make(7), b = make(8);
  a->own_log().set_level(port::severity::debug);
  a->log(port::severity::debug, "x");
  b->log(port::severity::debug, "y");
  EXPECT_EQ(taken(a), "[debug] x\n");
  EXPECT_EQ(taken(b), "");
  a->detach();
  a->log(port::severity::error, "z");
  EXPECT_EQ(log_.lines.str(), "7: late stderr: [error] z\\n\n");
}

TEST_F(Binding, late_words_cannot_steer_the_terminal_of_who_reads_the_log) {
  const auto a = make(7);
  a->detach();
  (void)a->output().write(stream::standard_output, "x\x1b[2J\x7f");
  EXPECT_EQ(log_.lines.str(), "7: late stdout: x\\x1b[2J\\x7f\n");
}

TEST_F(Binding, the_streams_of_the_process_come_back) {
  const auto buffers = [] { return std::array{std::cout.rdbuf(), std::cerr.rdbuf(), std::clog.rdbuf(), std::cin.rdbuf()}; };
  const auto before = buffers();
  {
    const routed_streams outer(log_);
    const auto routed = buffers();
    EXPECT_NE(routed, before);
    { const routed_streams inner(log_); }
    EXPECT_EQ(buffers(), routed);
  }
  EXPECT_EQ(buffers(), before);
}

}  // namespace
}  // namespace naild::stdio
