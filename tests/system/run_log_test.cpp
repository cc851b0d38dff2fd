// A run's log as its client asks for it, in the environment of the request.

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

using testing::HasSubstr;

struct RunLog : testing::TestWithParam<std::string> {
  /// A run that logs a debug line and a warning.
  ended log_two(std::vector<std::string> variables) const {
    std::vector<std::string> argv{"/usr/bin/env"};
    argv.insert(argv.end(), variables.begin(), variables.end());
    argv.insert(argv.end(), {program("nail"), "--socket", folder_ / "d.sock", GetParam(), "log debug one", "log warning two"});
    return run(argv);
  }

  void serve(const std::function<void()>& use) const {
    const auto daemon = run({program("naild"), "--listen", "unix:" + folder_ / "d.sock", "--enable-puppet"}, [&](pid_t id) {
      use();
      ::kill(id, SIGTERM);
    });
    EXPECT_EQ(daemon.exit_code, 0);
    EXPECT_EQ(daemon.err, "");
  }

  std::string file_variable(const std::string& path) const { return "NAILD_LOG_FILE=" + path; }

  scratch folder_;
};

TEST_P(RunLog, has_the_level_and_the_file_that_its_client_asked_for) {
  serve([&] {
    EXPECT_EQ(log_two({}).err, "[warning] two\n");
    EXPECT_EQ(log_two({"NAILD_LOG_LEVEL=debug"}).err, "[debug] one\n[warning] two\n");
    EXPECT_EQ(log_two({"NAILD_LOG_LEVEL=error"}).err, "");
    EXPECT_EQ(log_two({"NAILD_LOG_LEVEL=debug", file_variable(folder_ / "a")}).err, "");
    EXPECT_EQ(log_two({file_variable(folder_ / "b")}).err, "");
    EXPECT_EQ(log_two({file_variable(folder_ / "b")}).err, "");
    EXPECT_EQ(log_two({"--chdir=" + folder_.path().string(), file_variable("c")}).err, "");
  });
  EXPECT_EQ(content_of(folder_ / "a"), "[debug] one\n[warning] two\n");
  EXPECT_EQ(content_of(folder_ / "b"), "[warning] two\n[warning] two\n");
  EXPECT_EQ(content_of(folder_ / "c"), "[warning] two\n") << "a path is meant from the run's directory";
  struct stat about {};
  ASSERT_EQ(::stat((folder_ / "a").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0600u);
}

TEST_P(RunLog, that_cannot_be_had_is_told_and_goes_to_stderr) {
  std::filesystem::create_symlink(folder_ / "target", folder_ / "link");
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  serve([&] {
    for (const std::string& path : {folder_ / "link", folder_ / "fifo", folder_ / "none/x", folder_ / ""}) {
      const auto told = log_two({file_variable(path)});
      EXPECT_THAT(told.err, HasSubstr("naild: cannot log to '" + path + "': ")) << path;
      EXPECT_THAT(told.err, testing::EndsWith("\n[warning] two\n")) << path;
      EXPECT_EQ(told.exit_code, 0) << path;
    }
    EXPECT_EQ(log_two({"NAILD_LOG_LEVEL=loud"}).err,
              "naild: NAILD_LOG_LEVEL is none of debug, info, warning, error\n[warning] two\n");
  });
  EXPECT_FALSE(std::filesystem::exists(folder_ / "target"));
}

INSTANTIATE_TEST_SUITE_P(Of, RunLog, testing::Values("puppet", "puppet-blocking"),
                         [](const auto& each) { return each.param == "puppet" ? "a_coroutine" : "a_thread"; });

}  // namespace
}  // namespace nailbiter::system_test
