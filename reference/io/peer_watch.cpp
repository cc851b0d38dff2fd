#include "reference/io/peer_watch.hpp"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "reference/io/run_queue.hpp"

namespace naild::io {
namespace {

constexpr int events_per_look = 64;

int make_set() {
  const int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return fd;
}

}  // namespace

peer_watch::peer_watch(boost::asio::io_context& context) : set_(context, make_set()) { wait_for_events(); }

std::uint64_t peer_watch::arm(int fd, closed_op& waiting) {
  std::lock_guard lock(mutex_);
  const std::uint64_t key = ++last_key_;
  epoll_event wanted{};
  wanted.events = EPOLLRDHUP | EPOLLONESHOT;
  wanted.data.u64 = key;
  if (::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, fd, &wanted) != 0) return 0;
  armed_.emplace(key, armed{.waiting = &waiting, .fd = fd});
  return key;
}

void peer_watch::cancel(std::uint64_t key) {
  if (closed_op* waiting = take(key)) waiting->complete(tl::unexpected(base::io_error::aborted));
}

void peer_watch::forget(std::uint64_t key) { take(key); }

// One shot leaves the descriptor registered, so it is deleted here, under the mutex: whoever closes it passes here
// first, so it is still ours and not another stream's that got the same number.
peer_watch::closed_op* peer_watch::take(std::uint64_t key) {
  if (key == 0) return nullptr;
  std::lock_guard lock(mutex_);
  const auto found = armed_.find(key);
  if (found == armed_.end()) return nullptr;
  const armed one = found->second;
  armed_.erase(found);
  ::epoll_ctl(set_.native_handle(), EPOLL_CTL_DEL, one.fd, nullptr);
  return one.waiting;
}

void peer_watch::wait_for_events() {
  set_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& ec) {
    if (ec) return;
    handler_scope scope;
    fire_all();
    wait_for_events();
  });
}

void peer_watch::fire_all() {
  std::array<epoll_event, events_per_look> seen;
  for (;;) {
    const int count = ::epoll_wait(set_.native_handle(), seen.data(), events_per_look, 0);
    if (count <= 0) return;
    for (int i = 0; i < count; ++i) {
      closed_op* waiting = take(seen[static_cast<std::size_t>(i)].data.u64);
      if (waiting == nullptr) continue;
      events_.fetch_add(1, std::memory_order_relaxed);
      waiting->complete({});
    }
  }
}

}  // namespace naild::io
