#include "harness/bench/floor.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/bench/unix_socket.hpp"

namespace nailbiter::bench {
namespace {

constexpr std::size_t header_bytes = 5;
constexpr std::array<char, 6> answer = {0, 0, 0, 1, 'X', '0'};
constexpr int events_max = 256;

struct connection {
  std::array<char, 4096> received;
  std::size_t size = 0;
  bool answered = false;
};

class server {
 public:
  server(int listener, int epoll) : listener_(listener), epoll_(epoll) {}

  void on_event(const epoll_event& event) {
    if (event.data.fd == listener_) {
      accept_all();
    } else {
      read_from(event.data.fd);
    }
  }

  void accept_all() {
    for (;;) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0) return;
      if (static_cast<std::size_t>(fd) >= connections_.size()) connections_.resize(static_cast<std::size_t>(fd) + 1);
      connections_[static_cast<std::size_t>(fd)] = connection{};
      epoll_event watched{.events = EPOLLIN, .data = {.fd = fd}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &watched);
      read_from(fd);  // the header has mostly come with the connection
    }
  }

 private:
  void read_from(int fd) {
    auto& one = connections_[static_cast<std::size_t>(fd)];
    if (one.size == one.received.size()) one.size = 0;
    const auto got = ::recv(fd, one.received.data() + one.size, one.received.size() - one.size, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      ::close(fd);
      return;
    }
    one.size += static_cast<std::size_t>(got);
    if (one.answered || header_length(one.received.data(), one.size) == 0) return;
    one.answered = true;
    (void)!::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
  }

  int listener_;
  int epoll_;
  std::vector<connection> connections_;  // by descriptor
};

}  // namespace

std::size_t header_length(const char* received, std::size_t size) noexcept {
  std::size_t at = 0;
  while (size - at >= header_bytes) {
    std::uint32_t length = 0;
    for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(received[at + static_cast<std::size_t>(i)]);
    const char type = received[at + 4];
    if (size - at - header_bytes < length) return 0;
    at += header_bytes + length;
    if (type == 'C') return at;
  }
  return 0;
}

std::string serve_floor(const std::string& socket_path) {
  const int listener = listen_at(socket_path);
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (listener < 0 || epoll < 0) return std::strerror(errno);
  epoll_event watched{.events = EPOLLIN, .data = {.fd = listener}};
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &watched);
  server floor(listener, epoll);
  std::array<epoll_event, events_max> events;
  for (;;) {
    const int count = ::epoll_wait(epoll, events.data(), events_max, -1);
    if (count < 0 && errno != EINTR) return std::strerror(errno);
    for (int i = 0; i < count; ++i) floor.on_event(events[static_cast<std::size_t>(i)]);
  }
}

}  // namespace nailbiter::bench
