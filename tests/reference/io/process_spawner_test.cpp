// Real children of a shell: what they inherit, how they end, and that nothing of them is left.

#include "reference/io/process_spawner.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

struct seen {
  std::optional<port::spawn_error> refused;
  base::bytes out;
  std::int32_t code = 0;
  std::int32_t pid = 0;
};

port::process_request shell(base::bytes script) {
  return {.program = "sh", .arguments = {"-c", std::move(script)}, .environment = {"PATH=/usr/bin:/bin"}, .working_dir = "/"};
}

task::task<> read_all(port::byte_stream& from, base::bytes& into, base::byte_view until) {
  char buffer[512];
  while (until.empty() || into.find(until) == base::bytes::npos) {
    const auto got = co_await from.read_some(std::span<char>(buffer));
    if (!got) co_return;
    into.append(buffer, *got);
  }
}

/// Runs to its end; with a signal, that one is sent to the group once "ready" has come out.
task::task<> execute(port::process_spawner& spawner, port::process_request what, int signal_number, seen& result) {
  auto started = spawner.spawn(what, 1);
  if (!started) {
    result.refused = started.error();
    co_return;
  }
  port::process& child = **started;
  result.pid = child.pid();
  child.standard_in().close();
  if (signal_number != 0) {
    co_await read_all(child.standard_out(), result.out, "ready");
    child.signal_group(signal_number);
  }
  co_await read_all(child.standard_out(), result.out, {});
  const auto code = co_await child.exited();
  result.code = code.value_or(1000);
  child.reap();
}

struct ProcessSpawner : testing::Test, io_fixture {
  seen run_child(port::process_request what, int signal_number = 0) {
    seen result;
    run(execute(spawner, std::move(what), signal_number, result));
    return result;
  }
  process_spawner spawner{loop_};
};

TEST_F(ProcessSpawner, gives_the_exit_code) { EXPECT_EQ(run_child(shell("exit 7")).code, 7); }

TEST_F(ProcessSpawner, gives_the_negative_signal_of_a_death) { EXPECT_EQ(run_child(shell("kill -TERM $$")).code, -SIGTERM); }

TEST_F(ProcessSpawner, signals_reach_grandchildren_that_hold_the_pipe) {
  // The pipe ends only when the grandchild has ended too: else this would never return.
  const seen result = run_child(shell("(echo ready; exec sleep 1000)& wait"), SIGKILL);
  EXPECT_EQ(result.code, -SIGKILL);
}

TEST_F(ProcessSpawner, leaves_no_zombie) {
  const seen result = run_child(shell("exit 0"));
  EXPECT_EQ(::waitpid(result.pid, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(ProcessSpawner, a_child_inherits_no_descriptor_even_one_that_stays_open_over_exec) {
  const int foreign = ::fcntl(STDERR_FILENO, F_DUPFD, 200);
  const seen result = run_child({.program = "ls", .arguments = {"/proc/self/fd"}, .environment = {}, .working_dir = "/"});
  ::close(foreign);
  EXPECT_EQ(result.out, "0\n1\n2\n3\n");  // 3 is the directory that ls reads
}

TEST_F(ProcessSpawner, a_child_begins_with_default_signals_and_an_empty_mask) {
  ::signal(SIGPIPE, SIG_IGN);
  const seen result = run_child({.program = "grep", .arguments = {"-E", "^Sig(Blk|Ign)", "/proc/self/status"}, .environment = {}, .working_dir = "/"});
  ::signal(SIGPIPE, SIG_DFL);
  std::uint64_t sets[2] = {1, 1};
  ASSERT_EQ(std::sscanf(result.out.c_str(), "SigBlk: %lx SigIgn: %lx", &sets[0], &sets[1]), 2);
  EXPECT_EQ(sets[0], 0u);
  EXPECT_EQ(sets[1] & 0x7fff'ffffu, 0u);  // 32 and 33 are the C library's own and stay as they were
}

TEST_F(ProcessSpawner, a_child_has_exactly_the_environment_and_directory_of_the_request) {
  auto what = shell("");
  what.program = "/usr/bin/env";
  what.arguments = {};
  what.environment = {"A=1", "B=x y"};
  EXPECT_EQ(run_child(what).out, "A=1\nB=x y\n");
  what.program = "/bin/pwd";
  what.working_dir = "/usr";
  EXPECT_EQ(run_child(what).out, "/usr\n");
}

TEST_F(ProcessSpawner, a_child_is_called_as_the_request_calls_it) {
  EXPECT_EQ(run_child(shell("tr '\\0' ' ' </proc/$$/cmdline | cut -d' ' -f1")).out, "sh\n");
}

TEST_F(ProcessSpawner, looks_up_in_the_path_of_the_run) {
  auto what = shell("exit 0");
  what.environment = {"PATH=/nowhere"};
  EXPECT_EQ(run_child(what).refused, port::spawn_error::not_found);
  what.program = "/etc/passwd";
  EXPECT_EQ(run_child(what).refused, port::spawn_error::not_executable);
}

TEST_F(ProcessSpawner, refuses_a_directory_that_cannot_be_entered) {
  auto what = shell("exit 0");
  what.working_dir = directory + "/none";
  EXPECT_EQ(run_child(what).refused, port::spawn_error::bad_working_dir);
}

}  // namespace
}  // namespace naild::io
