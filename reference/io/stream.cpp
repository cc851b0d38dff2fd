#include "reference/io/stream.hpp"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <new>
#include <utility>

#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"
#include "reference/io/socket_address.hpp"

namespace naild::io {
namespace {

using base::io_error;
using size_result = base::io_result<std::size_t>;

constexpr unsigned in_place_max = 16;  // then one turn through the event loop, so that a fast peer starves nobody

void set_flag(int fd, int option) noexcept {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, option, &on, sizeof on);
}

bool must_wait(ssize_t count) noexcept { return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR); }

}  // namespace

stream::stream(loop& home, file_descriptor connected, int family) noexcept
    : loop_(home), family_(family), fd_(std::move(connected)),
      late_read_(this, [](void* self) noexcept { static_cast<stream*>(self)->begin_read(); }),
      late_end_(this, [](void* self) noexcept { static_cast<stream*>(self)->end_writing(); }) {
  if (is_tcp()) set_flag(fd_.get(), TCP_NODELAY);
}

// Nobody waits any more, or the world has ended: nothing is completed.
stream::~stream() {
  late_read_.withdraw();
  late_end_.withdraw();
  if (registration_ != nullptr) loop_.ready().withdraw(*registration_);
}

bool stream::is_tcp() const noexcept { return family_ != AF_UNIX; }

task::started stream::start_read(std::span<char> into) {
  if (ended_) return read_.finish(tl::unexpected(io_error::aborted));
  if (is_tcp()) set_flag(fd_.get(), TCP_QUICKACK);  // the kernel forgets it
  reading_ = into;
  if (reads_in_place_ < in_place_max && worth_a_try()) {
    ++reads_in_place_;
    if (const auto got = try_read()) {
      note_drained(*got);
      return read_.finish(*got);
    }
  }
  if (registration_ != nullptr) {
    const auto got = wait_for_bytes();
    return got ? read_.finish(*got) : task::started::pending;
  }
  late_read_.put_off();
  return task::started::pending;
}

// Of a registered stream each read is tried: a short one does not say that no more is there (a descriptor sent along is a
// barrier, unix(7)), and no second edge would tell of it.
bool stream::worth_a_try() noexcept {
  if (registration_ == nullptr) return !drained_;
  std::lock_guard lock(registration_->mutex);
  readable_ = false;
  return true;
}

void stream::note_drained(const size_result& got) noexcept { drained_ = got && *got < reading_.size(); }

// Nothing = nothing has come yet.
std::optional<size_result> stream::try_read() noexcept {
  const ssize_t count = ::recv(fd_.get(), reading_.data(), reading_.size(), MSG_DONTWAIT);
  if (count == 0) return tl::unexpected(io_error::end_of_stream);
  if (count < 0) return must_wait(count) ? std::nullopt : std::optional<size_result>(tl::unexpected(error_of(errno)));
  return static_cast<std::size_t>(count);
}

// Nothing = there is no room.
std::optional<size_result> stream::try_write() noexcept {
  const ssize_t count = ::send(fd_.get(), writing_.data(), writing_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0) return static_cast<std::size_t>(count);
  return must_wait(count) ? std::nullopt : std::optional<size_result>(tl::unexpected(error_of(errno)));
}

void stream::begin_read() noexcept {
  if (reads_in_place_ < in_place_max) {
    // While the strand worked the client may have answered or left: then nothing has to be registered.
    ++reads_in_place_;
    if (const auto got = try_read()) {
      note_drained(*got);
      return read_.complete(*got);
    }
  }
  if (const auto got = wait_for_bytes()) read_.complete(*got);
}

// Nothing = on_ready() will complete the read. An edge that came before the wait is followed here; but whoever has read
// `in_place_max` times takes a turn through the kernel.
std::optional<size_result> stream::wait_for_bytes() noexcept {
  const bool turn_is_due = std::exchange(reads_in_place_, 0) >= in_place_max;
  std::unique_lock<std::mutex> lock;
  if (registration_ != nullptr) {
    lock = std::unique_lock(registration_->mutex);
    while (!turn_is_due && std::exchange(readable_, false)) {
      if (auto got = try_read()) return got;
    }
  }
  awaits_bytes_ = true;
  if (registration_ != nullptr && !turn_is_due) return std::nullopt;
  if (ask_kernel()) return std::nullopt;
  awaits_bytes_ = false;
  return tl::unexpected(io_error::no_resources);
}

task::started stream::start_write(base::byte_view from) {
  if (ended_) return write_.finish(tl::unexpected(io_error::aborted));
  if (late_end_.withdraw()) end_writing();
  writing_ = from;
  if (writes_in_place_ < in_place_max) {
    ++writes_in_place_;
    if (const auto count = try_write()) return write_.finish(*count);
  }
  const auto count = wait_for_room();
  return count ? write_.finish(*count) : task::started::pending;
}

// Nothing = on_ready() will complete the write.
std::optional<size_result> stream::wait_for_room() noexcept {
  writes_in_place_ = 0;
  std::unique_lock<std::mutex> lock;
  if (registration_ != nullptr) lock = std::unique_lock(registration_->mutex);
  awaits_room_ = true;
  if (ask_kernel()) return std::nullopt;
  awaits_room_ = false;
  return tl::unexpected(io_error::no_resources);
}

task::started stream::start_peer_closed() {
  if (ended_) return closed_.finish(tl::unexpected(io_error::aborted));
  std::unique_lock<std::mutex> lock;
  if (registration_ != nullptr) lock = std::unique_lock(registration_->mutex);
  if (gone_) return closed_.finish({});
  awaits_leaving_ = true;
  if (registration_ != nullptr || ask_kernel()) return task::started::pending;
  awaits_leaving_ = false;
  return closed_.finish(tl::unexpected(io_error::no_resources));
}

void stream::cancel_peer_closed() noexcept {
  if (registration_ == nullptr) return;
  {
    std::lock_guard lock(registration_->mutex);
    if (!std::exchange(awaits_leaving_, false)) return;
  }
  closed_.complete(tl::unexpected(io_error::aborted));
}

// Under the registration's mutex, if there is one. Whatever waits is told what is ready already: it may be before this
// returns, on another thread.
bool stream::ask_kernel() noexcept {
  const std::uint32_t events = EPOLLIN | EPOLLRDHUP | (awaits_room_ ? EPOLLOUT : 0U);
  if (registration_ != nullptr) return loop_.ready().report_again(*registration_, fd_.get(), events);
  try {
    registration_ = loop_.ready().add(fd_.get(), events, *this);
  } catch (const std::bad_alloc&) {
    return false;
  }
  return registration_ != nullptr;
}

// An op whose flag has been taken is completed here and by nobody else, and while it waits this stream lives.
void stream::on_ready(std::uint32_t events, std::unique_lock<std::mutex> lock) noexcept {
  constexpr std::uint32_t broken = EPOLLERR | EPOLLHUP;
  if ((events & (EPOLLIN | EPOLLRDHUP | broken)) != 0) readable_ = true;
  if ((events & (EPOLLRDHUP | broken)) != 0) gone_ = true;
  std::optional<size_result> got;
  std::optional<size_result> sent;
  if (awaits_bytes_ && std::exchange(readable_, false)) got = try_read();
  if (awaits_room_ && (events & (EPOLLOUT | broken)) != 0) sent = try_write();
  if (got) awaits_bytes_ = false;
  if (sent) awaits_room_ = false;
  const bool left = gone_ && std::exchange(awaits_leaving_, false);
  lock.unlock();
  if (left) {
    loop_.ready().count_peer_gone();
    closed_.complete_dispatch({});
  }
  if (sent) write_.complete_dispatch(*sent);
  if (got) read_.complete_dispatch(*got);
}

// While a read is put off, so is this: a client that has its `X` has mostly left when the read is tried, and closing says
// all that is to be said.
void stream::shutdown_write() noexcept {
  if (ended_ || late_end_.is_put_off()) return;
  if (late_read_.is_put_off()) return late_end_.put_off();
  end_writing();
}

void stream::end_writing() noexcept { ::shutdown(fd_.get(), SHUT_WR); }

void stream::close() noexcept {
  if (!std::exchange(ended_, true)) end();
}

void stream::reset() noexcept {
  if (!ended_ && is_tcp()) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  close();
}

std::optional<bool> stream::has_untaken() const noexcept {
  int bytes = 0;
  if (ended_ || ::ioctl(fd_.get(), SIOCOUTQ, &bytes) != 0) return std::nullopt;
  return bytes > 0;
}

std::optional<port::peer_credentials> stream::peer() const noexcept {
  if (ended_ || is_tcp()) return std::nullopt;
  ucred found{};
  socklen_t size = sizeof found;
  if (::getsockopt(fd_.get(), SOL_SOCKET, SO_PEERCRED, &found, &size) != 0) return std::nullopt;
  return port::peer_credentials{.pid = found.pid, .uid = found.uid, .gid = found.gid};
}

// Pending waits complete with aborted, after the descriptor has been closed.
void stream::end() noexcept {
  late_end_.withdraw();
  bool reads = late_read_.withdraw();
  bool writes = false;
  bool watches = false;
  if (registration_ != nullptr) {
    loop_.ready().withdraw(*std::exchange(registration_, nullptr));
    reads = std::exchange(awaits_bytes_, false) || reads;
    writes = std::exchange(awaits_room_, false);
    watches = std::exchange(awaits_leaving_, false);
  }
  fd_.close();
  if (watches) closed_.complete(tl::unexpected(io_error::aborted));
  if (writes) write_.complete(tl::unexpected(io_error::aborted));
  if (reads) read_.complete(tl::unexpected(io_error::aborted));
}

}  // namespace naild::io
