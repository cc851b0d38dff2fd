// The daemon's own commands, beside runs that they list, cancel and let finish.

#include <algorithm>

#include <fmt/core.h>
#include <gmock/gmock.h>

#include "tests/simulated/daemon_support.hpp"

namespace naild::daemon::support {
namespace {

using testing::HasSubstr;
using testing::Not;

task::task<> until_output(client& who, std::string bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  for (bool more = who.out.empty(); more && who.out.empty();) more = co_await who.receive();
}

/// `hanging` runs, then the commands one after the other, then it is read to its end.
task::task<> administrate(client& hanging, std::string bytes, std::vector<client*> clients, std::vector<std::string> commands) {
  co_await until_output(hanging, std::move(bytes));
  for (std::size_t i = 0; i < commands.size(); ++i) co_await run_once(*clients[i], commands[i]);
  co_await hanging.receive_to_end();
  hanging.stream->close();
}

std::string status() { return header({}, "naild-status"); }
std::string cancel(const std::string& session) { return header({session}, "naild-cancel"); }
std::string stop() { return header({}, "naild-stop"); }
std::string hang() { return header({"out x", "hang"}); }

void lists_and_cancels(execution& world) {
  client& a = world.add_client();
  std::vector<client*> others;
  for (int i = 0; i < 4; ++i) others.push_back(&world.add_client());
  world.start(administrate(a, hang(), others, {status(), cancel("1"), cancel("1"), status()}));
  world.where.run();
  EXPECT_THAT(others[0]->out, HasSubstr("COMMAND\n       1 running "));
  EXPECT_THAT(others[0]->out, HasSubstr(" puppet out x hang\n"));
  EXPECT_THAT(others[0]->out, Not(HasSubstr("naild-status")));
  EXPECT_EQ(others[1]->exit, 0);
  EXPECT_EQ(others[1]->err, "");
  EXPECT_EQ(a.exit, -1);
  EXPECT_EQ(a.err, "naild: cancelled: session 3 asked for it\n");
  EXPECT_EQ(a.chunks_after_exit, 0u);
  EXPECT_THAT(others[3]->out, Not(HasSubstr(" running ")));
  EXPECT_EQ(world.log.lines, std::vector<std::string>{});
}

TEST(Administration, lists_runs_and_cancels_one) { for_each_schedule(lists_and_cancels); }

// Its client takes nothing before all commands have ended, so its session is still there.
void shows_what_has_been_cancelled(execution& world) {
  client& a = world.add_client();
  std::vector<client*> others;
  for (int i = 0; i < 3; ++i) others.push_back(&world.add_client());
  world.start(administrate(a, hang(), others, {cancel("1"), status(), status()}));
  world.where.run();
  for (const client* each : {others[1], others[2]}) {
    EXPECT_THAT(each->out, testing::AnyOf(HasSubstr("       1 cancelling "), HasSubstr(" puppet out x hang (cancelled)\n")));
  }
  EXPECT_EQ(a.exit, -1);
}

TEST(Administration, shows_what_has_been_cancelled) { for_each_schedule(shows_what_has_been_cancelled); }

// The terminal of who asks is not that of who names a command.
void shows_commands_in_printable_text(execution& world) {
  client& a = world.add_client();
  client& asks = world.add_client();
  client& cancels = world.add_client();
  world.start(administrate(a, header({"out x", "hang", "out \x1b[2J\n9 running"}), {&asks, &cancels}, {status(), cancel("1")}));
  world.where.run();
  EXPECT_THAT(asks.out, HasSubstr(" puppet out x hang out \\x1b[2J\\n9 running\n"));
  EXPECT_EQ(a.exit, -1);
}

TEST(Administration, shows_commands_in_printable_text) { for_each_schedule(shows_commands_in_printable_text); }

void refuses_what_is_no_session(execution& world) {
  client& a = world.add_client();
  std::vector<client*> others;
  for (int i = 0; i < 5; ++i) others.push_back(&world.add_client());
  world.start(administrate(a, hang(), others, {cancel("77"), cancel("one"), cancel("4294967297"), cancel(""), cancel("1")}));
  world.where.run();
  EXPECT_EQ(others[0]->exit, 1);
  EXPECT_EQ(others[0]->err, "naild: there is no session 77\n");
  for (const std::size_t wrong : {1u, 2u, 3u}) {
    EXPECT_EQ(others[wrong]->exit, 64);
    EXPECT_THAT(others[wrong]->err, HasSubstr("takes the number of one session"));
  }
  EXPECT_EQ(others[4]->exit, 0);
  EXPECT_EQ(a.exit, -1);
}

TEST(Administration, refuses_what_is_no_session) { for_each_schedule(refuses_what_is_no_session); }

task::task<> list_beside(std::vector<client*> hanging, std::string bytes, client& asks) {
  for (client* each : hanging) co_await until_output(*each, bytes);
  co_await run_once(asks, status());
  for (client* each : hanging) each->stream->close();
}

void lists_page_by_page(execution& world) {
  constexpr std::size_t runs = 2 * nail::session_page::sessions_max;
  std::vector<client*> hanging;
  for (std::size_t i = 0; i < runs; ++i) hanging.push_back(&world.add_client());
  client& asks = world.add_client();
  world.start(list_beside(hanging, hang(), asks));
  world.where.run();
  std::size_t from = 0;
  for (std::size_t i = 1; i <= runs; ++i) {
    from = asks.out.find(fmt::format("\n{:>8} running ", i), from);
    ASSERT_NE(from, std::string::npos) << "session " << i << " is missing, or not in its place";
  }
  EXPECT_EQ(std::ranges::count(asks.out, '\n'), static_cast<std::ptrdiff_t>(runs) + 1);
}

TEST(Administration, lists_more_sessions_than_a_page_has) {
  for (const char* strategy : {"fifo", "random", "pos"}) {
    SCOPED_TRACE(strategy);
    execution world(strategy, 1);
    lists_page_by_page(world);
  }
}

task::task<> leave_when_it_answers(client& asks, std::vector<client*> newer, std::vector<client*> older) {
  const bool opened = co_await asks.open();
  if (!opened) co_return;
  for (client* each : newer) co_await until_output(*each, hang());
  (void)co_await asks.send(status());
  for (bool more = true; more && asks.out.empty();) more = co_await asks.receive();
  for (client* each : newer) each->stream->close();
  co_await asks.receive_to_end();
  asks.stream->close();
  for (client* each : older) each->stream->close();
}

task::task<> list_before_others_end(client& asks, std::vector<client*> newer, std::vector<client*> older) {
  for (client* each : older) co_await until_output(*each, hang());
  co_await leave_when_it_answers(asks, newer, older);
}

TEST(Administration, a_list_ends_when_all_that_are_newer_have_ended) {
  for (std::uint64_t seed = 0; seed < 20 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    execution world("random", seed);
    std::vector<client*> older, newer;
    for (std::size_t i = 0; i < nail::session_page::sessions_max; ++i) older.push_back(&world.add_client());
    client& asks = world.add_client();
    for (int i = 0; i < 3; ++i) newer.push_back(&world.add_client());
    world.start(list_before_others_end(asks, newer, older));
    world.where.run();
    EXPECT_EQ(asks.exit, 0);
    EXPECT_THAT(asks.out, HasSubstr("\n      64 running "));
  }
}

/// Two ask for it; the run that was there is let go on when nobody can come any more.
task::task<> stop_beside(client& hanging, std::string bytes, client& stops, client& comes_late, client& stops_too) {
  co_await until_output(hanging, std::move(bytes));
  const bool opened = co_await stops_too.open();
  if (!opened) co_return;
  (void)co_await stops_too.send(stop());
  co_await run_once(stops, stop());
  co_await stops_too.receive_to_end();
  stops_too.stream->close();
  const bool connected = co_await comes_late.open();
  EXPECT_FALSE(connected);
  for (bool more = true; more && hanging.grants == 0;) more = co_await hanging.receive();
  const std::string input = chunk(type::stdin_data, "z");
  (void)co_await hanging.send(input);
  co_await hanging.receive_to_end();
  hanging.stream->close();
}

void stops_when_runs_have_ended(execution& world) {
  client& a = world.add_client();
  client& stopper = world.add_client();
  client& late = world.add_client();
  client& second = world.add_client();
  world.start(stop_beside(a, header({"out x", "read 1", "out y", "exit 7"}), stopper, late, second));
  world.where.run();
  EXPECT_TRUE(stopper.exit == 0 || second.exit == 0);
  EXPECT_EQ(a.out, "xy");
  EXPECT_EQ(a.exit, 7);
  EXPECT_TRUE(world.stopped);
  EXPECT_EQ(world.sessions_when_stopped, 0u);
}

TEST(Administration, stops_the_daemon_and_lets_its_runs_finish) { for_each_schedule(stops_when_runs_have_ended); }

}  // namespace
}  // namespace naild::daemon::support
