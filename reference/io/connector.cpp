#include "reference/io/connector.hpp"

#include <cerrno>
#include <chrono>
#include <mutex>

#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"
#include "reference/io/socket_address.hpp"
#include "reference/io/stream.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace naild::io {
namespace {

using base::io_error;
using port::stream_result;
using boost::system::error_code;

// A unix listener whose backlog is full says EAGAIN, and no readiness tells when there is room.
constexpr std::chrono::milliseconds full_backlog_retry{1};

/// The handlers run on any thread of the loop, so the mutex guards all but the op.
class attempt final : public port::connection_attempt {
 public:
  attempt(loop& owner, const port::address& where)
      : loop_(owner), target_(to_socket_address(where)), progress_(owner.context()), retry_(owner.context()) {}

  ~attempt() override {
    if (progress_.is_open()) progress_.release();
  }

  void cancel() noexcept override {
    std::lock_guard lock(mutex_);
    cancelled_ = true;
    error_code ignored;
    progress_.cancel(ignored);
    retry_.cancel();
  }

 private:
  using done = std::optional<stream_result>;

  task::started start_connect() override {
    if (!target_) return connect_.finish(tl::unexpected(io_error::bad_address));
    std::lock_guard lock(mutex_);
    done result = open_and_try();
    return result ? connect_.finish(std::move(*result)) : task::started::pending;
  }

  // Under the mutex; nothing = a handler goes on.
  done open_and_try() {
    if (cancelled_) return tl::unexpected(io_error::aborted);
    if (!socket_) socket_ = file_descriptor(::socket(target_->family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket_) return tl::unexpected(error_of(errno));
    if (::connect(socket_.get(), target_->get(), target_->size) == 0) return connected();
    if (errno == EINPROGRESS) return wait_for_progress();
    if (errno == EAGAIN) return wait_for_room();
    return tl::unexpected(error_of(errno));
  }

  done connected() {
    return std::make_unique<stream>(loop_, std::move(socket_), target_->family());
  }

  done wait_for_progress() {
    error_code ec;
    progress_.assign(socket_.get(), ec);
    if (ec) return tl::unexpected(io_error::no_resources);
    progress_.async_wait(boost::asio::posix::stream_descriptor::wait_write, [this](const error_code&) {
      go_on([this] {
        progress_.release();
        int error_number = 0;
        socklen_t size = sizeof error_number;
        ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error_number, &size);
        return error_number == 0 ? connected() : done(tl::unexpected(error_of(error_number)));
      });
    });
    return std::nullopt;
  }

  done wait_for_room() {
    retry_.expires_after(full_backlog_retry);
    retry_.async_wait([this](const error_code&) { go_on([this] { return open_and_try(); }); });
    return std::nullopt;
  }

  // Completes outside the mutex: the attempt may be gone right after.
  template <class Step>
  void go_on(Step next) {
    handler_scope scope;
    done result;
    {
      std::lock_guard lock(mutex_);
      result = cancelled_ ? done(tl::unexpected(io_error::aborted)) : next();
    }
    if (result) connect_.complete_dispatch(std::move(*result));
  }

  loop& loop_;
  tl::expected<socket_address, std::string> target_;
  std::mutex mutex_;
  file_descriptor socket_;
  boost::asio::posix::stream_descriptor progress_;  // borrows the socket while it connects
  boost::asio::steady_timer retry_;
  bool cancelled_ = false;
};

}  // namespace

std::unique_ptr<port::connection_attempt> connector::prepare(const port::address& where) {
  return std::make_unique<attempt>(loop_, where);
}

}  // namespace naild::io
