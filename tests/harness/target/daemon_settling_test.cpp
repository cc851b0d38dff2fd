#include "harness/target/daemon_settling.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/target/process.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::target {
namespace {

constexpr int many_looks = 100;

/// A connection of which only that much is asked.
class connection final : public naild::port::byte_stream {
 public:
  connection(bool unix_socket, std::optional<bool> untaken) : unix_socket_(unix_socket), untaken_(untaken) {}

  void cancel_peer_closed() noexcept override {}
  bool can_watch_peer() const noexcept override { return unix_socket_; }
  void shutdown_write() noexcept override {}
  void close() noexcept override {}
  void reset() noexcept override {}
  std::optional<naild::port::peer_credentials> peer() const noexcept override { return std::nullopt; }
  std::optional<bool> has_untaken() const noexcept override { return untaken_; }

 protected:
  naild::task::started start_read(std::span<char>) override { return naild::task::started::pending; }
  naild::task::started start_write(naild::base::byte_view) override { return naild::task::started::pending; }
  naild::task::started start_peer_closed() override { return naild::task::started::pending; }

 private:
  bool unix_socket_;
  std::optional<bool> untaken_;
};

/// Looks until it is settled; many_looks + 1 = it was not.
int looks(std::int32_t pid, const connection& over) {
  daemon_settling settling(pid);
  settling.begin();
  for (int look = 1; look <= many_looks; ++look) {
    if (settling.settled(over)) return look;
  }
  return many_looks + 1;
}

/// This process: it runs while it is looked at.
std::int32_t busy() { return static_cast<std::int32_t>(::getpid()); }

TEST(DaemonSettling, what_has_been_read_from_a_unix_socket_is_settled) { EXPECT_EQ(looks(busy(), {true, false}), 1); }

TEST(DaemonSettling, a_busy_daemon_may_still_read) {
  EXPECT_GT(looks(busy(), {true, true}), many_looks);
  EXPECT_GT(looks(busy(), {false, false}), many_looks);
}

TEST(DaemonSettling, a_daemon_that_rests_has_read_or_will_not) {
  const auto directory = temporary_directory::make();
  ASSERT_TRUE(directory) << directory.error();
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  auto rests = process::start({"/bin/cat"}, directory->path() / "log", ends[0]);
  ASSERT_TRUE(rests) << rests.error();
  while (looks(rests->pid(), {false, false}) > many_looks) {
  }
  const int read = looks(rests->pid(), {false, false});
  const int unread = looks(rests->pid(), {true, true});
  EXPECT_GT(read, 1);
  EXPECT_GT(unread, read);
  EXPECT_LE(unread, many_looks);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(DaemonSettling, without_a_process_the_kernel_has_the_last_word) {
  EXPECT_EQ(looks(0, {false, false}), 1);
  EXPECT_EQ(looks(0, {false, std::nullopt}), 1);
}

}  // namespace
}  // namespace nailbiter::target
