// The nail exec over simulated children: exit, end of pipes, output and signals in every order.

#include "reference/nail/exec.hpp"

#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace naild::daemon::support {
namespace {

constexpr std::uint64_t schedules = 40;
constexpr nail::exec_bounds bounds{.grace_ms = 300, .orphan_ms = 250};
constexpr std::size_t text_bytes = 100'000;  // more than a pipe takes

/// What a child does, by the first argument of the run.
class scripted final : public sim::program {
 public:
  task::task<std::int32_t> run(sim::child& self) override {
    std::vector<std::string> relative(1, "hang");
    task::event wake(self.strand(), {});
    wake_ = &wake;
    const std::string what = self.request().arguments.at(0);
    if (what == "write") {
      (void)co_await self.write(1, std::string(text_bytes, 'x'));
      (void)co_await self.write(2, "e");
      co_return 7;
    }
    if (what == "crash") co_return -SIGSEGV;
    if (what == "orphan") {
      self.spawn_orphan(std::move(relative));
      co_return 3;
    }
    (void)co_await self.write(1, "on");
    if (what == "parent") co_await self.spawn(std::move(relative));
    while (what == "hang" || what == "stubborn" ? self.dying() == 0 : !interrupted_ && self.dying() == 0) co_await wake;
    if (what == "teardown") (void)co_await self.write(1, std::string(text_bytes, 't'));
    co_return 5;
  }
  bool catches(int number) const noexcept override { return number == SIGINT && stays_; }
  void signalled(int) override {
    interrupted_ = true;
    interrupt_waits();
  }
  void interrupt_waits() override {
    if (wake_ != nullptr) wake_->set();
  }
  explicit scripted(bool stays) : stays_(stays) {}

 private:
  task::event* wake_ = nullptr;
  bool stays_;
  bool interrupted_ = false;
};

std::unique_ptr<sim::program> programs(const port::process_request& what) {
  if (what.program != "scripted") return sim::make_small_program(what);
  const std::string& name = what.arguments.at(0);
  return std::make_unique<scripted>(name == "stubborn" || name == "teardown");
}

/// Sends the header; once output has come it half-closes if asked to; reads to the end.
task::task<> run_exec(client& who, std::vector<std::string> words, bool leave) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  std::string bytes = header(words, "exec");
  (void)co_await who.send(std::move(bytes));
  for (bool more = true; more && leave && who.out.empty();) more = co_await who.receive();
  if (leave) who.stream->shutdown_write();
  co_await who.receive_to_end();
  who.stream->close();
}

template <class Check>
void for_each_schedule(const std::vector<std::string>& words, bool leave, Check check) {
  for (const char* strategy : {"fifo", "random", "pct", "pos"}) {
    for (std::uint64_t seed = 0; seed < schedules && !testing::Test::HasFailure(); ++seed) {
      SCOPED_TRACE(testing::Message() << strategy << " seed " << seed);
      execution world(strategy, seed);
      world.add_exec(programs, bounds);
      client& who = world.add_client();
      world.start(run_exec(who, words, leave));
      world.where.run();
      ASSERT_TRUE(who.exit.has_value());
      EXPECT_EQ(who.chunks_after_exit, 0u);
      EXPECT_EQ(world.server->sessions(), 0u);
      EXPECT_EQ(world.processes->unreaped(), 0u);
      check(who, world);
    }
  }
}

TEST(Exec, loses_nothing_of_a_child_that_ends_at_once) {
  for_each_schedule({"scripted", "write"}, false, [](client& who, execution&) {
    EXPECT_EQ(who.exit, 7);
    EXPECT_EQ(who.out, std::string(text_bytes, 'x'));
    EXPECT_EQ(who.err, "e");
  });
}

TEST(Exec, tells_a_death_by_signal_as_its_negative_number) {
  for_each_schedule({"scripted", "crash"}, false, [](client& who, execution&) { EXPECT_EQ(who.exit, -SIGSEGV); });
}

TEST(Exec, answers_127_for_a_program_that_is_not_there) {
  for_each_schedule({"nothing"}, false, [](client& who, execution&) { EXPECT_EQ(who.exit, 127); });
}

TEST(Exec, does_not_wait_for_an_orphan_that_keeps_the_pipe) {
  for_each_schedule({"scripted", "orphan"}, false, [](client& who, execution& world) {
    EXPECT_EQ(who.exit, 3);
    EXPECT_GE(world.where.now(), port::milliseconds(bounds.orphan_ms));
  });
}

TEST(Exec, interrupts_the_whole_group_on_cancel) {
  for_each_schedule({"scripted", "parent"}, true, [](client& who, execution&) {
    EXPECT_EQ(who.exit, -SIGINT);
    EXPECT_LT(who.exit_at, port::milliseconds(bounds.grace_ms));
  });
}

TEST(Exec, kills_what_ignores_the_interrupt_after_the_grace) {
  for_each_schedule({"scripted", "stubborn"}, true, [](client& who, execution&) {
    EXPECT_EQ(who.exit, -SIGKILL);
    EXPECT_GE(who.exit_at, port::milliseconds(bounds.grace_ms));
  });
}

TEST(Exec, delivers_what_a_child_says_while_it_ends_to_a_client_that_still_reads) {
  for_each_schedule({"scripted", "teardown"}, true, [](client& who, execution&) {
    EXPECT_EQ(who.exit, 5);
    EXPECT_EQ(who.out, "on" + std::string(text_bytes, 't'));
  });
}

}  // namespace
}  // namespace naild::daemon::support
