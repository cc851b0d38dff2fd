#include "reference/io/fd_stream.hpp"

#include "reference/io/file_descriptor.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <utility>

namespace naild::io {
namespace {

constexpr std::size_t shared_write_bytes_max = 4096;  // PIPE_BUF: what poll() promises a blocking pipe takes

bool has_failed_for_now() noexcept { return errno == EAGAIN || errno == EINTR; }

/// The handlers run on any thread of the loop, so the mutex guards all but the ops.
class fd_stream final : public port::byte_stream {
 public:
  fd_stream(loop& owner, file_descriptor own, bool shared) : fd_(std::move(own)), shared_(shared), watched_(owner.context()) {
    boost::system::error_code ec;
    if (shared_) {
      set_ = file_descriptor(::epoll_create1(EPOLL_CLOEXEC));
      watched_.assign(set_.get(), ec);
    } else {
      watched_.assign(fd_.get(), ec);
    }
  }

  ~fd_stream() override { close(); }

  void cancel_peer_closed() noexcept override {}
  bool can_watch_peer() const noexcept override { return false; }
  void shutdown_write() noexcept override { close(); }
  void reset() noexcept override { close(); }
  std::optional<port::peer_credentials> peer() const noexcept override { return std::nullopt; }

  void close() noexcept override {
    std::lock_guard lock(mutex_);
    if (watched_.is_open()) watched_.release();
    set_.close();
    fd_.close();
  }

 protected:
  task::started start_read(std::span<char> into) override {
    return start(read_, EPOLLIN, [this, into] { return read_now(into); });
  }

  task::started start_write(base::byte_view from) override {
    return start(write_, EPOLLOUT, [this, from] { return write_now(from); });
  }

  task::started start_peer_closed() override { return closed_.finish(tl::unexpected(base::io_error::failed)); }

 private:
  using transfer = base::io_result<std::size_t>;
  using done = std::optional<transfer>;  // nothing = not ready after all

  template <class Op, class Attempt>
  task::started start(Op& waiting, std::uint32_t events, Attempt attempt) {
    std::lock_guard lock(mutex_);
    if (!watched_.is_open()) return waiting.finish(tl::unexpected(base::io_error::aborted));
    if (can_be_watched(events)) {
      wait(waiting, events, attempt);
    } else {
      waiting.complete(attempt().value_or(tl::unexpected(base::io_error::failed)));
    }
    return task::started::pending;
  }

  // Under the mutex. Readiness is a hint: another thread of the loop may hold an event that an earlier wait has used up
  // already, and another process may have been faster. So the attempt decides, and the wait goes on when it fails.
  template <class Op, class Attempt>
  void wait(Op& waiting, std::uint32_t events, Attempt attempt) {
    // A set of descriptors is "readable" when one of them is ready for what it is watched for.
    const auto kind = events == EPOLLIN || shared_ ? watched_.wait_read : watched_.wait_write;
    watched_.async_wait(kind, [this, &waiting, events, attempt](boost::system::error_code) {
      handler_scope scope;
      done result;
      {
        std::lock_guard lock(mutex_);
        result = watched_.is_open() ? attempt() : done(tl::unexpected(base::io_error::aborted));
        if (!result) wait(waiting, events, attempt);
      }
      if (result) waiting.complete_dispatch(*result);
    });
  }

  // Under the mutex. A regular file and /dev/null cannot be watched: they never block for long either.
  bool can_be_watched(std::uint32_t events) noexcept {
    if (!shared_) return true;
    epoll_event wanted{};
    wanted.events = events;
    return ::epoll_ctl(set_.get(), EPOLL_CTL_ADD, fd_.get(), &wanted) == 0 || errno == EEXIST;
  }

  // A shared descriptor may be a blocking one.
  bool would_block(short events) const noexcept {
    pollfd asked{.fd = fd_.get(), .events = events, .revents = 0};
    return shared_ && ::poll(&asked, 1, 0) == 0;
  }

  done read_now(std::span<char> into) {
    if (would_block(POLLIN)) return std::nullopt;
    const ssize_t got = ::read(fd_.get(), into.data(), into.size());
    if (got > 0) return static_cast<std::size_t>(got);
    if (got < 0 && has_failed_for_now()) return std::nullopt;
    return tl::unexpected(got == 0 ? base::io_error::end_of_stream : base::io_error::failed);
  }

  done write_now(base::byte_view from) {
    if (would_block(POLLOUT)) return std::nullopt;
    const std::size_t bytes = shared_ ? std::min(from.size(), shared_write_bytes_max) : from.size();
    const ssize_t taken = ::write(fd_.get(), from.data(), bytes);
    if (taken > 0) return static_cast<std::size_t>(taken);
    if (taken < 0 && has_failed_for_now()) return std::nullopt;
    return tl::unexpected(base::io_error::reset);
  }

  std::mutex mutex_;
  file_descriptor fd_;
  const bool shared_;
  file_descriptor set_;  // around a shared one: Asio makes what it watches non-blocking
  boost::asio::posix::stream_descriptor watched_;  // borrows fd_ or set_
};

}  // namespace

std::unique_ptr<port::byte_stream> make_pipe_stream(loop& owner, file_descriptor owned) {
  return std::make_unique<fd_stream>(owner, std::move(owned), false);
}

// A duplicate, so that closing the stream leaves the process's own descriptor alone.
std::unique_ptr<port::byte_stream> make_fd_stream(loop& owner, int fd) {
  return std::make_unique<fd_stream>(owner, file_descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, 3)), true);
}

}  // namespace naild::io
