#include "reference/io/stream.hpp"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

#include "reference/io/loop.hpp"
#include "reference/io/peer_watch.hpp"
#include "reference/io/run_queue.hpp"
#include "reference/io/socket_address.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

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

size_result read_result(const boost::system::error_code& ec, std::size_t count) {
  if (ec == boost::asio::error::eof) return tl::unexpected(io_error::end_of_stream);
  if (ec) return tl::unexpected(error_of(ec.value()));
  return count;
}

}  // namespace

stream::stream(loop& owner, file_descriptor connected, int family) noexcept
    : loop_(owner), family_(family), unregistered_(std::move(connected)), fd_(unregistered_.get()),
      late_read_(this, [](void* self) noexcept { static_cast<stream*>(self)->begin_read(); }) {
  if (is_tcp()) set_flag(fd_, TCP_NODELAY);
}

// Nobody waits any more, or the world has ended: nothing is completed.
stream::~stream() {
  if (ended_) return;
  loop_.peers().forget(watch_key_);
  late_read_.withdraw();
  end();
}

bool stream::is_tcp() const noexcept { return family_ != AF_UNIX; }

task::started stream::start_read(std::span<char> into) {
  if (ended_) return read_.finish(tl::unexpected(io_error::aborted));
  if (is_tcp()) set_flag(fd_, TCP_QUICKACK);  // the kernel forgets it
  if (!drained_ && reads_in_place_ < in_place_max) {
    ++reads_in_place_;
    if (const auto got = try_read(into)) return read_.finish(*got);
  }
  reading_ = into;
  // To wait again costs little. With others in the queue no answer is near, and the peer's core does not touch the
  // socket yet.
  if (socket_ || run_queue_of_this_thread().head != nullptr) {
    wait_for_bytes();
  } else {
    late_read_.put_off();
  }
  return task::started::pending;
}

// Nothing = nothing has come yet.
std::optional<size_result> stream::try_read(std::span<char> into) noexcept {
  const ssize_t count = ::recv(fd_, into.data(), into.size(), MSG_DONTWAIT);
  if (count == 0) return tl::unexpected(io_error::end_of_stream);
  if (count < 0) return must_wait(count) ? std::nullopt : std::optional<size_result>(tl::unexpected(error_of(errno)));
  drained_ = static_cast<std::size_t>(count) < into.size();
  return static_cast<std::size_t>(count);
}

void stream::begin_read() noexcept {
  if (reads_in_place_ < in_place_max) {
    // While the strand worked the client may have answered or left: then nothing has to be registered.
    ++reads_in_place_;
    if (auto got = try_read(reading_)) return read_.complete(*got);
  }
  wait_for_bytes();
}

void stream::wait_for_bytes() noexcept {
  if (!register_with_loop()) return read_.complete(tl::unexpected(io_error::no_resources));
  reads_in_place_ = 0;
  const auto finish = [this, wanted = reading_.size()](const boost::system::error_code& ec, std::size_t count) {
    handler_scope scope;
    drained_ = count < wanted;
    read_.complete_dispatch(read_result(ec, count));
  };
  socket_->async_read_some(boost::asio::buffer(reading_.data(), reading_.size()), finish);
}

task::started stream::start_write(base::byte_view from) {
  if (ended_) return write_.finish(tl::unexpected(io_error::aborted));
  if (writes_in_place_ < in_place_max) {
    ++writes_in_place_;
    const ssize_t count = ::send(fd_, from.data(), from.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count >= 0) return write_.finish(static_cast<std::size_t>(count));
    if (!must_wait(count)) return write_.finish(tl::unexpected(error_of(errno)));
  }
  if (!register_with_loop()) return write_.finish(tl::unexpected(io_error::no_resources));
  writes_in_place_ = 0;
  const auto finish = [this](const boost::system::error_code& ec, std::size_t count) {
    handler_scope scope;
    write_.complete_dispatch(ec ? size_result(tl::unexpected(error_of(ec.value()))) : size_result(count));
  };
  socket_->async_write_some(boost::asio::buffer(from.data(), from.size()), finish);
  return task::started::pending;
}

task::started stream::start_peer_closed() {
  if (ended_) return closed_.finish(tl::unexpected(io_error::aborted));
  watch_key_ = loop_.peers().arm(fd_, closed_);
  if (watch_key_ == 0) return closed_.finish(tl::unexpected(io_error::no_resources));
  return task::started::pending;
}

void stream::cancel_peer_closed() noexcept { loop_.peers().cancel(std::exchange(watch_key_, 0)); }

void stream::shutdown_write() noexcept {
  if (!ended_) ::shutdown(fd_, SHUT_WR);
}

void stream::close() noexcept {
  if (std::exchange(ended_, true)) return;
  cancel_peer_closed();
  end();
}

void stream::reset() noexcept {
  if (!ended_ && is_tcp()) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  close();
}

std::optional<bool> stream::has_untaken() const noexcept {
  int bytes = 0;
  if (ended_ || ::ioctl(fd_, SIOCOUTQ, &bytes) != 0) return std::nullopt;
  return bytes > 0;
}

std::optional<port::peer_credentials> stream::peer() const noexcept {
  if (ended_ || is_tcp()) return std::nullopt;
  ucred found{};
  socklen_t size = sizeof found;
  if (::getsockopt(fd_, SOL_SOCKET, SO_PEERCRED, &found, &size) != 0) return std::nullopt;
  return port::peer_credentials{.pid = found.pid, .uid = found.uid, .gid = found.gid};
}

bool stream::register_with_loop() noexcept {
  if (socket_) return true;
  socket_.emplace(loop_.context());
  boost::system::error_code ec;
  socket_->assign(boost::asio::generic::stream_protocol(family_, 0), fd_, ec);
  if (ec) {
    socket_.reset();
    return false;
  }
  unregistered_.release();
  return true;
}

// Pending reads and writes complete with aborted.
void stream::end() noexcept {
  if (late_read_.withdraw()) read_.complete(tl::unexpected(io_error::aborted));
  boost::system::error_code ignored;
  if (socket_) socket_->close(ignored);
  unregistered_.close();
}

}  // namespace naild::io
