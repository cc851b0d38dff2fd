#include "harness/target/relay.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "harness/actor/client_process.hpp"
#include "harness/target/process.hpp"
#include "reference/io/socket_address.hpp"

namespace nailbiter::target {
namespace {

/// One direction: at most one buffer of bytes is on its way.
class channel {
 public:
  channel(int from, int to) noexcept : from_(from), to_(to) {}

  bool wants_read() const noexcept { return rest_.empty() && !ended_; }
  bool wants_write() const noexcept { return !rest_.empty(); }
  bool ended() const noexcept { return ended_ && rest_.empty(); }

  /// One read when there is room, one write when there is something; either may find nothing to do.
  void step() noexcept {
    if (wants_read()) read();
    if (wants_write()) write();
  }

 private:
  void read() noexcept {
    const auto got = ::recv(from_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got > 0) {
      rest_ = {buffer_.data(), static_cast<std::size_t>(got)};
      return;
    }
    ended_ = true;
    ::shutdown(to_, SHUT_WR);
  }

  // What nobody takes any more is dropped: the other direction says why.
  void write() noexcept {
    const auto taken = ::send(to_, rest_.data(), rest_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (taken < 0 && (errno == EAGAIN || errno == EINTR)) return;
    ended_ |= taken < 0;
    rest_.remove_prefix(taken < 0 ? rest_.size() : static_cast<std::size_t>(taken));
  }

  int from_;
  int to_;
  std::array<char, 16 * 1024> buffer_;
  std::string_view rest_;
  bool ended_ = false;
};

short events_of(const channel& in, const channel& out) noexcept {
  return static_cast<short>((in.wants_read() ? POLLIN : 0) | (out.wants_write() ? POLLOUT : 0));
}

void pass_on(int daemon, int harness) {
  channel up(harness, daemon);
  channel down(daemon, harness);
  while (!up.ended() || !down.ended()) {
    // Where nothing is wanted, a hang-up would be told again and again.
    const short of_daemon = events_of(down, up);
    std::array<pollfd, 2> watched{pollfd{.fd = harness, .events = events_of(up, down), .revents = 0},
                                  pollfd{.fd = of_daemon == 0 ? -1 : daemon, .events = of_daemon, .revents = 0}};
    if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return;
    const bool harness_gone = (watched[0].revents & POLLHUP) != 0 && !down.ended();
    do {
      up.step();
    } while (harness_gone && up.wants_read());
    if (harness_gone) return;
    down.step();
  }
}

}  // namespace

bool relay(const naild::port::address& daemon, int harness) {
  const auto where = naild::io::to_socket_address(daemon);
  if (!where) return false;
  const descriptor wire(::socket(where->family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(wire.get(), where->get(), where->size) != 0) return false;
  if (::send(harness, &actor::client_process::connected_byte, 1, MSG_NOSIGNAL) != 1) return false;
  pass_on(wire.get(), harness);
  return true;
}

}  // namespace nailbiter::target
