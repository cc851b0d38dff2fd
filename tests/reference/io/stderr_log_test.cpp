#include "reference/io/stderr_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/io/file_descriptor.hpp"

namespace naild::io {
namespace {

/// A pipe that is read when the writers have ended.
struct read_back {
  read_back() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    out = file_descriptor(ends[0]);
    in = file_descriptor(ends[1]);
  }

  std::string text() {
    std::string all(1 << 20, '\0');
    const ssize_t count = ::read(out.get(), all.data(), all.size());
    return all.substr(0, count < 0 ? 0 : static_cast<std::size_t>(count));
  }

  file_descriptor out;
  file_descriptor in;
};

TEST(StderrLog, writes_a_line_with_its_level_and_its_session) {
  read_back pipe;
  stderr_log log(pipe.in.get());
  log.write(port::severity::warning, 7, "text");
  log.write(port::severity::info, 0, "of the daemon itself");
  log.write(port::severity::error, 4'294'967'295, "");
  EXPECT_EQ(pipe.text(), "warning: session 7: text\ninfo: of the daemon itself\nerror: session 4294967295: \n");
}

TEST(StderrLog, drops_what_is_below_its_level) {
  read_back pipe;
  stderr_log usual(pipe.in.get());
  usual.write(port::severity::debug, 1, "dropped");
  usual.write(port::severity::info, 1, "kept");
  stderr_log strict(pipe.in.get(), port::severity::error);
  strict.write(port::severity::warning, 1, "dropped");
  strict.write(port::severity::error, 1, "kept too");
  EXPECT_EQ(pipe.text(), "info: session 1: kept\nerror: session 1: kept too\n");
}

TEST(StderrLog, keeps_the_lines_of_many_threads_whole) {
  constexpr std::uint32_t threads = 4;
  constexpr int lines = 100;
  read_back pipe;
  stderr_log log(pipe.in.get());
  {
    std::vector<std::jthread> writers;
    for (std::uint32_t session = 1; session <= threads; ++session) {
      writers.emplace_back([&log, session] {
        for (int i = 0; i < lines; ++i) log.write(port::severity::info, session, std::string(20 + session, 'x'));
      });
    }
  }
  std::vector<int> seen(threads + 1);
  std::istringstream text(pipe.text());
  for (std::string line; std::getline(text, line);) {
    const auto session = static_cast<std::uint32_t>(std::stoul(line.substr(std::min<std::size_t>(line.size(), 14))));
    ASSERT_LE(session, threads) << line;
    EXPECT_EQ(line, "info: session " + std::to_string(session) + ": " + std::string(20 + session, 'x'));
    ++seen[session];
  }
  for (std::uint32_t session = 1; session <= threads; ++session) EXPECT_EQ(seen[session], lines);
}

TEST(StderrLog, on_a_full_pipe_that_does_not_block_drops_lines) {
  read_back pipe;
  stderr_log log(pipe.in.get());
  const std::string kilobyte(1024, 'x');
  for (int i = 0; i < 200; ++i) log.write(port::severity::info, 1, kilobyte);  // more than the pipe holds
  EXPECT_LE(pipe.text().size(), 1u << 16);
  stderr_log closed(-1);
  closed.write(port::severity::error, 1, "to nobody");
}

}  // namespace
}  // namespace naild::io
