// Pipe ends on the real kernel: readiness that turns out to be none, and descriptors that other processes share.

#include "reference/io/fd_stream.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

#include "reference/io/file_descriptor.hpp"
#include "reference/io/process_spawner.hpp"
#include "reference/task/event.hpp"
#include "reference/task/group.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

struct pipe_of_two {
  pipe_of_two() {
    int fds[2] = {-1, -1};
    EXPECT_EQ(::pipe2(fds, O_CLOEXEC), 0);
    read = file_descriptor(fds[0]);
    write = file_descriptor(fds[1]);
  }
  file_descriptor read;
  file_descriptor write;
};

using make_reader = std::unique_ptr<port::byte_stream> (*)(loop&, int);

std::unique_ptr<port::byte_stream> own_reader(loop& owner, int fd) {
  return make_pipe_stream(owner, file_descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, 3)));
}

task::task<> read_one(port::byte_stream& from, std::string& into, task::event& changed) {
  char byte = '?';
  const auto got = co_await from.read_some(std::span<char>(&byte, 1));
  into += got ? std::string(1, byte) : std::string("failed");
  changed.set();
}

struct FdStream : testing::Test, io_fixture {
  /// One byte wakes two readers; the second byte comes when both have looked: what is ready at one look of the loop is
  /// served before the next, which alone can see the byte of `later`.
  task::task<> wake_both(make_reader make, std::string& text) {
    pipe_of_two ends;
    pipe_of_two later;
    const auto next_look = own_reader(loop_, later.read.get());
    const auto first = make(loop_, ends.read.get());
    const auto second = make(loop_, ends.read.get());
    task::event changed(own, {});
    task::group readers(own, {});
    readers.start(read_one(*first, text, changed));
    readers.start(read_one(*second, text, changed));
    EXPECT_EQ(::write(ends.write.get(), "a", 1), 1);
    while (text.empty()) co_await changed;
    EXPECT_EQ(::write(later.write.get(), "", 1), 1);
    char nothing = '?';
    (void)co_await next_look->read_some(std::span<char>(&nothing, 1));
    EXPECT_EQ(::write(ends.write.get(), "b", 1), 1);
    co_await readers.join();
  }
};

TEST_F(FdStream, a_reader_that_finds_nothing_after_all_waits_on) {
  std::string text;
  run(wake_both(own_reader, text), 1);
  EXPECT_EQ(text, "ab");
}

TEST_F(FdStream, a_shared_blocking_descriptor_is_not_read_when_another_reader_was_faster) {
  std::string text;
  run(wake_both(make_fd_stream, text), 1);
  EXPECT_EQ(text, "ab");
}

task::task<> read_to_the_end(port::byte_stream& from, std::size_t& bytes) {
  char buffer[65536];
  for (;;) {
    const auto got = co_await from.read_some(std::span<char>(buffer));
    if (!got) co_return;
    bytes += *got;
  }
}

task::task<> run_head(process_spawner& spawner, std::size_t& bytes) {
  auto started = spawner.spawn({.program = "head", .arguments = {"-c", "200000", "/dev/zero"}, .environment = {"PATH=/usr/bin:/bin"},
                                .working_dir = "/"}, 1);
  if (!started) co_return;
  co_await read_to_the_end((*started)->standard_out(), bytes);
  (void)co_await (*started)->exited();
}

// A wait that begins while another thread still holds the event of the one before is woken for nothing.
TEST_F(FdStream, several_threads_lose_no_output_of_a_child) {
  process_spawner spawner(loop_);
  for (int child = 0; child < 30; ++child) {
    std::size_t bytes = 0;
    run(run_head(spawner, bytes), 4);
    ASSERT_EQ(bytes, 200'000u) << "child " << child;
  }
}

TEST_F(FdStream, the_flags_of_a_shared_descriptor_stay_as_they_were) {
  pipe_of_two ends;
  const int before = ::fcntl(ends.read.get(), F_GETFL);
  const auto reader = make_fd_stream(loop_, ends.read.get());
  const auto writer = make_fd_stream(loop_, ends.write.get());
  const auto transfer = [](port::byte_stream& from, port::byte_stream& to) -> task::task<> {
    EXPECT_EQ((co_await to.write_some("a")).value_or(0), 1u);
    char byte = '?';
    EXPECT_EQ((co_await from.read_some(std::span<char>(&byte, 1))).value_or(0), 1u);
  };
  run(transfer(*reader, *writer), 1);
  EXPECT_EQ(::fcntl(ends.read.get(), F_GETFL), before);
  EXPECT_EQ(::fcntl(ends.write.get(), F_GETFL) & O_NONBLOCK, 0);
  reader->close();
  EXPECT_NE(::fcntl(ends.read.get(), F_GETFD), -1);
}

TEST_F(FdStream, a_regular_file_is_always_ready) {
  const std::string path = directory + "/file";
  file_descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  ASSERT_TRUE(file);
  const auto stream = make_fd_stream(loop_, file.get());
  const auto write_then_end = [](port::byte_stream& both, int fd) -> task::task<> {
    EXPECT_EQ((co_await both.write_some("text")).value_or(0), 4u);
    EXPECT_EQ(::lseek(fd, 0, SEEK_SET), 0);
    std::size_t bytes = 0;
    co_await read_to_the_end(both, bytes);
    EXPECT_EQ(bytes, 4u);
  };
  run(write_then_end(*stream, file.get()), 1);
}

}  // namespace
}  // namespace naild::io
