// What belongs to the process is no run's: a daemon whose commands use it all the same.

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool stderr_is_taken = false;  // the sanitizer's reports go there
#else
constexpr bool stderr_is_taken = true;
#endif

std::string planted(const std::string& name) { return std::string(NAILBITER_BINARY_DIR) + "/planted/" + name; }
std::string hostile_naild() { return planted("naild_hostile"); }

/// Runs one command of a daemon with a socket in `folder`.
ended nail(const scratch& folder, std::vector<std::string> words) {
  std::vector<std::string> argv{program("nail"), "--socket", folder / "d.sock"};
  argv.insert(argv.end(), words.begin(), words.end());
  return run(argv);
}

/// A daemon that is stopped when `use` has returned.
ended serve(const scratch& folder, const std::function<void()>& use, std::vector<std::string> more = {},
            const std::string& naild = hostile_naild()) {
  std::vector<std::string> argv{naild, "--listen", "unix:" + folder / "d.sock"};
  argv.insert(argv.end(), more.begin(), more.end());
  return run(argv, [&use](pid_t id) {
    use();
    ::kill(id, SIGTERM);
  });
}

struct StrayOutput : testing::TestWithParam<std::string> {
  scratch folder_;
};

TEST_P(StrayOutput, goes_to_the_log_and_is_counted) {
  ended client;
  const auto daemon = serve(folder_, [&] {
    client = nail(folder_, {GetParam(), "printf", "lost\tword"});
    if (stderr_is_taken) (void)nail(folder_, {GetParam(), "write", "2", "and another\n"});
  });
  EXPECT_EQ(client.exit_code, 0);
  EXPECT_EQ(client.out + client.err, "");
  EXPECT_EQ(daemon.exit_code, 0);
  EXPECT_EQ(daemon.out, "listening on unix:" + folder_ / "d.sock" + "\n");
  const std::string whose = GetParam() == "hostile" ? "session 1: " : "";  // only threads are known to have been at it
  EXPECT_THAT(daemon.err, HasSubstr("warning: " + whose + "stray output: lost\\x09word\n"));
  if (!stderr_is_taken) return;
  EXPECT_THAT(daemon.err, HasSubstr("warning: " + std::string(whose.empty() ? "" : "session 2: ") + "stray output: and another\n"));
  EXPECT_THAT(daemon.err, HasSubstr("warning: stray output: 22 bytes in all\n"));
}

TEST_P(StrayOutput, never_holds_its_writer_and_fills_no_log) {
  const auto daemon = serve(folder_, [&] {
    for (int count = 0; count < 3; ++count) EXPECT_EQ(nail(folder_, {GetParam(), "flood", "4000000"}).exit_code, 0);
  }, {"--log", folder_ / "log"});
  EXPECT_EQ(daemon.exit_code, 0);
  EXPECT_EQ(daemon.out + daemon.err, "listening on unix:" + folder_ / "d.sock" + "\n");
  const auto log = content_of(folder_ / "log");
  EXPECT_THAT(log, HasSubstr("stray output: from here on it is only counted\n"));
  EXPECT_LT(log.size(), 2u << 20);
}

TEST_P(StrayOutput, reaches_the_log_when_the_process_dies_of_it) {
  const auto daemon = serve(folder_, [&] { (void)nail(folder_, {GetParam(), "abort", "assertion failed: last words"}); });
  EXPECT_EQ(daemon.exit_code, 128 + SIGABRT);
  EXPECT_THAT(daemon.err, HasSubstr("assertion failed: last words\n"));
}

TEST_P(StrayOutput, has_a_stdin_that_is_at_its_end) {
  ended client;
  (void)serve(folder_, [&] { client = nail(folder_, {GetParam(), "read"}); });
  EXPECT_EQ(client.out, "0\n");
}

INSTANTIATE_TEST_SUITE_P(Of, StrayOutput, testing::Values("hostile", "hostile-coroutine"),
                         [](const auto& each) { return each.param == "hostile" ? "a_thread" : "a_coroutine"; });

TEST(StandardDescriptors, that_the_starter_closed_are_no_socket) {
  const scratch folder;
  ended client;
  const std::string start = "exec \"$0\" --listen unix:\"$1\" --ready-fd 3 --log \"$2\" 3>&1 0<&- 1>&- 2>&-";
  const auto daemon = run({"/bin/sh", "-c", start, hostile_naild(), folder / "d.sock", folder / "log"}, [&](pid_t id) {
    client = nail(folder, {"hostile", "printf", "to nobody"});
    ::kill(id, SIGTERM);
  });
  EXPECT_EQ(client.out + client.err, "");
  EXPECT_EQ(daemon.out + daemon.err, "ready\n");
  EXPECT_THAT(content_of(folder / "log"), HasSubstr("warning: session 1: stray output: to nobody\n"));
}

TEST(StandardDescriptors, are_the_starters_where_an_option_names_them) {
  const scratch folder;
  const auto daemon = serve(folder, [&] { (void)nail(folder, {"hostile", "printf", "a word"}); }, {"--log", "/dev/stderr", "--ready-fd", "1"});
  EXPECT_EQ(daemon.exit_code, 0);
  EXPECT_EQ(daemon.out, "listening on unix:" + folder / "d.sock" + "\nready\n");
  EXPECT_THAT(daemon.err, HasSubstr("warning: session 1: stray output: a word\n"));
  EXPECT_THAT(daemon.err, Not(HasSubstr("stray output: naild")));
}

TEST(StandardDescriptors, do_not_keep_a_signal_from_outside_from_ending_the_daemon) {
  const scratch folder;
  const auto daemon = run({hostile_naild(), "--listen", "unix:" + folder / "d.sock"}, [](pid_t id) { ::kill(id, SIGABRT); });
  EXPECT_EQ(daemon.exit_code, 128 + SIGABRT);
}

TEST(ProcessStart, leaves_nothing_of_the_starter) {
  const scratch folder;
  ended variable, directory;
  const std::string start = "cd \"$1\" && STARTERS=secret exec \"$0\" --listen unix:d.sock";
  const auto daemon = run({"/bin/sh", "-c", start, hostile_naild(), folder.path().string()}, [&](pid_t id) {
    variable = nail(folder, {"hostile", "getenv", "STARTERS"});
    directory = nail(folder, {"hostile", "getcwd"});
    EXPECT_EQ(content_of("/proc/" + std::to_string(id) + "/environ").find("secret"), std::string::npos);
    ::kill(id, SIGTERM);
  });
  EXPECT_EQ(variable.out, "<none>\n");
  EXPECT_EQ(directory.out, "/\n");
  EXPECT_EQ(daemon.exit_code, 0) << daemon.err;
  EXPECT_EQ(daemon.err, "");
  EXPECT_FALSE(std::filesystem::exists(folder / "d.sock"));  // found again from another directory
}

struct change {
  const char* name;
  std::vector<std::string> misuse;
  const char* told;
};

struct ProcessState : testing::TestWithParam<change> {};

TEST_P(ProcessState, that_a_run_changes_is_told_with_the_sessions_that_ran) {
  const scratch folder;
  std::vector<std::string> words{"hostile"};
  words.insert(words.end(), GetParam().misuse.begin(), GetParam().misuse.end());
  const auto daemon = serve(folder, [&] {
    EXPECT_EQ(nail(folder, {"hostile", "nothing"}).exit_code, 0);
    EXPECT_EQ(nail(folder, words).exit_code, 0);
    EXPECT_EQ(nail(folder, {"hostile", "nothing"}).exit_code, 0);
  });
  EXPECT_EQ(daemon.exit_code, 0);
  EXPECT_EQ(daemon.err, "error: the process's " + std::string(GetParam().told) + " changed while these sessions ran: 2\n");
}

TEST_P(ProcessState, that_a_coroutine_changes_is_told_by_the_end) {
  const scratch folder;
  std::vector<std::string> words{"hostile-coroutine"};
  words.insert(words.end(), GetParam().misuse.begin(), GetParam().misuse.end());
  const auto daemon = serve(folder, [&] { EXPECT_EQ(nail(folder, words).exit_code, 0); });
  EXPECT_EQ(daemon.err, "error: the process's " + std::string(GetParam().told) + " changed while no run was on a thread\n");
}

INSTANTIATE_TEST_SUITE_P(Of, ProcessState,
                         testing::Values(change{"variable", {"setenv", "LEAKED", "value"}, "environment (LEAKED)"},
                                         change{"directory", {"chdir", "/proc"}, "working directory"},
                                         change{"umask", {"umask", "77"}, "umask"},
                                         change{"locale", {"setlocale", "C.UTF-8"}, "locale"}),
                         [](const auto& each) { return each.param.name; });

struct use {
  const char* name;
  std::vector<std::string> misuse;
  const char* told;
};

struct InterposedCalls : testing::TestWithParam<use> {};

TEST_P(InterposedCalls, of_a_run_end_the_process_and_name_its_session) {
  for (const std::string command : {"hostile", "hostile-coroutine"}) {
    const scratch folder;
    std::vector<std::string> words{command};
    words.insert(words.end(), GetParam().misuse.begin(), GetParam().misuse.end());
    const auto use = [&] {
      EXPECT_EQ(nail(folder, {command, "nothing"}).exit_code, 0);
      EXPECT_EQ(nail(folder, words).exit_code, 75);
    };
    const auto daemon = serve(folder, use, {}, planted("naild_interposed"));
    EXPECT_EQ(daemon.exit_code, 128 + SIGABRT);
    EXPECT_THAT(daemon.err, EndsWith("session 2 used the process's " + std::string(GetParam().told) + "\n")) << command;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, InterposedCalls,
                         testing::Values(use{"getenv", {"getenv", "HOME"}, "environment: getenv"},
                                         use{"setenv", {"setenv", "LEAKED", "value"}, "environment: setenv"},
                                         use{"unsetenv", {"unsetenv", "HOME"}, "environment: unsetenv"},
                                         use{"chdir", {"chdir", "/proc"}, "working directory: chdir"},
                                         use{"getcwd", {"getcwd"}, "working directory: getcwd"},
                                         use{"umask", {"umask", "77"}, "umask: umask"},
                                         use{"setlocale", {"setlocale", "C.UTF-8"}, "locale: setlocale"}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace nailbiter::system_test
