#include "reference/io/listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "reference/io/deferral.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"
#include "reference/io/socket_address.hpp"
#include "reference/io/socket_file.hpp"
#include "reference/io/stream.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

namespace naild::io {
namespace {

using base::io_error;
using boost::asio::posix::stream_descriptor;
using port::stream_result;

constexpr int backlog = 4096;  // clients that come in a burst wait here and are not refused

// Then one turn through the event loop: the ends of as many sessions are met there, so that clients who come as fast as
// they are served do not make sessions pile up.
constexpr unsigned in_place_max = 128;

/// The handler runs on any thread of the loop, so the mutex guards all but the op.
class socket_listener final : public port::listener {
 public:
  socket_listener(loop& owner, file_descriptor listening, int family, socket_file file, port::address where)
      : loop_(owner), socket_(owner.context(), listening.release()), family_(family), file_(std::move(file)), where_(std::move(where)),
        late_accept_(this, [](void* self) noexcept { static_cast<socket_listener*>(self)->begin_accept(); }) {}

  std::unique_ptr<port::byte_stream> try_accept() noexcept override {
    std::lock_guard lock(mutex_);
    auto next = take();
    return next && *next ? std::move(**next) : nullptr;
  }

  void close() noexcept override {
    std::lock_guard lock(mutex_);
    boost::system::error_code ignored;
    file_.remove();
    socket_.close(ignored);
    if (late_accept_.withdraw()) accept_.complete(tl::unexpected(io_error::aborted));
  }

  port::address where() const override { return where_; }

 private:
  // Up to so many of a crowd are accepted in one go; a connection that came alone has its turn before the kernel is asked to wait.
  task::started start_accept() override {
    std::lock_guard lock(mutex_);
    if (ahead_) return accept_.finish(std::move(*take()));
    late_accept_.put_off();
    return task::started::pending;
  }

  void begin_accept() noexcept {
    std::lock_guard lock(mutex_);
    auto next = in_place_ < in_place_max ? take() : std::nullopt;
    if (!next) return wait();
    accept_.complete(std::move(*next));
  }

  // Under the mutex. Nothing = nobody is queued. Looks one connection ahead, but not over a turn, nor behind its first: one that
  // came alone is not to wait for the answer that nobody else is there.
  std::optional<stream_result> take() {
    auto next = ahead_ ? std::exchange(ahead_, std::nullopt) : accept_queued();
    const bool is_first = in_place_ == 0;
    if (++in_place_ < in_place_max && !is_first && next && *next) ahead_ = accept_queued();
    return next;
  }

  // Under the mutex. Nothing = nobody is queued.
  std::optional<stream_result> accept_queued() {
    if (!socket_.is_open()) return tl::unexpected(io_error::aborted);
    for (;;) {
      file_descriptor accepted(::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (accepted) return std::make_unique<stream>(loop_, std::move(accepted), family_);
      if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
      const io_error error = error_of(errno);
      if (error == io_error::no_resources || errno == EBADF || errno == EINVAL) return tl::unexpected(error);
      // Anything else is the trouble of one connection, which has left the queue.
    }
  }

  // Under the mutex.
  void wait() {
    socket_.async_wait(stream_descriptor::wait_read, [this](const boost::system::error_code&) {
      handler_scope scope;
      std::optional<stream_result> next;
      {
        std::lock_guard lock(mutex_);
        in_place_ = 0;
        next = take();
        if (!next) wait();
      }
      if (next) accept_.complete_dispatch(std::move(*next));
    });
  }

  loop& loop_;
  std::mutex mutex_;
  stream_descriptor socket_;
  int family_;
  socket_file file_;
  port::address where_;
  deferral late_accept_;
  std::optional<stream_result> ahead_;
  unsigned in_place_ = 0;  // accepted since the last turn through the event loop
};

using made_listener = tl::expected<std::unique_ptr<port::listener>, std::string>;

tl::unexpected<std::string> refuse(const port::address& where, std::string_view why) {
  return tl::unexpected(fmt::format("cannot listen on {}: {}", to_string(where), why));
}

made_listener listen_unix(loop& owner, const port::address& where, file_descriptor socket) {
  auto file = socket_file::listen(socket, where.name, backlog);
  if (!file) return refuse(where, file.error());
  return std::make_unique<socket_listener>(owner, std::move(socket), AF_UNIX, std::move(*file), where);
}

made_listener listen_tcp(loop& owner, const port::address& where, const socket_address& wanted, file_descriptor socket) {
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  socket_address actual;
  actual.size = sizeof actual.storage;
  const bool listens = ::bind(socket.get(), wanted.get(), wanted.size) == 0 && ::listen(socket.get(), backlog) == 0 &&
                       ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&actual.storage), &actual.size) == 0;
  if (!listens) return refuse(where, std::strerror(errno));
  port::address resolved = where;
  resolved.port = ntohs(reinterpret_cast<const sockaddr_in&>(actual.storage).sin_port);  // at the same place in IPv6
  return std::make_unique<socket_listener>(owner, std::move(socket), wanted.family(), socket_file(), std::move(resolved));
}

}  // namespace

made_listener make_listener(loop& owner, const port::address& where) {
  const auto wanted = to_socket_address(where);
  if (!wanted) return refuse(where, wanted.error());
  if (!is_loopback(*wanted)) return refuse(where, "only loopback hosts are accepted (127.0.0.1, ::1, localhost)");
  file_descriptor socket(::socket(wanted->family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return refuse(where, std::strerror(errno));
  if (where.kind == port::transport::unix_socket) return listen_unix(owner, where, std::move(socket));
  return listen_tcp(owner, where, *wanted, std::move(socket));
}

}  // namespace naild::io
