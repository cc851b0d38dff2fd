#include "reference/io/fd_stream.hpp"

#include "reference/io/file_descriptor.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace naild::io {
namespace {

constexpr std::size_t write_bytes_max = 4096;  // PIPE_BUF: what poll() promises a blocking pipe takes

class fd_stream final : public port::byte_stream {
 public:
  fd_stream(loop& owner, file_descriptor owned) : descriptor_(owner.context()) {
    boost::system::error_code ec;
    if (owned) descriptor_.assign(owned.get(), ec);
    if (owned && !ec) owned.release();
  }

  ~fd_stream() override { close(); }

  void cancel_peer_closed() noexcept override {}
  bool can_watch_peer() const noexcept override { return false; }
  void shutdown_write() noexcept override { close(); }
  void reset() noexcept override { close(); }
  std::optional<port::peer_credentials> peer() const noexcept override { return std::nullopt; }

  void close() noexcept override {
    boost::system::error_code ignored;
    descriptor_.close(ignored);
  }

 protected:
  task::started start_read(std::span<char> into) override {
    if (!descriptor_.is_open()) return read_.finish(tl::unexpected(base::io_error::aborted));
    descriptor_.async_wait(descriptor_.wait_read, [this, into](boost::system::error_code ec) {
      handler_scope scope;
      read_.complete_dispatch(ready(ec) ? read_now(into) : tl::unexpected(base::io_error::aborted));
    });
    return task::started::pending;
  }

  task::started start_write(base::byte_view from) override {
    if (!descriptor_.is_open()) return write_.finish(tl::unexpected(base::io_error::aborted));
    descriptor_.async_wait(descriptor_.wait_write, [this, from](boost::system::error_code ec) {
      handler_scope scope;
      write_.complete_dispatch(ready(ec) ? write_now(from) : tl::unexpected(base::io_error::aborted));
    });
    return task::started::pending;
  }

  task::started start_peer_closed() override { return closed_.finish(tl::unexpected(base::io_error::failed)); }

 private:
  // A regular file and /dev/null cannot be polled: they never block for long either.
  static bool ready(boost::system::error_code ec) { return !ec || ec == boost::asio::error::operation_not_supported; }

  base::io_result<std::size_t> read_now(std::span<char> into) {
    ssize_t got = 0;
    do got = ::read(descriptor_.native_handle(), into.data(), into.size());
    while (got < 0 && errno == EINTR);
    if (got > 0) return static_cast<std::size_t>(got);
    return tl::unexpected(got == 0 ? base::io_error::end_of_stream : base::io_error::failed);
  }

  base::io_result<std::size_t> write_now(base::byte_view from) {
    ssize_t taken = 0;
    do taken = ::write(descriptor_.native_handle(), from.data(), std::min(from.size(), write_bytes_max));
    while (taken < 0 && errno == EINTR);
    if (taken > 0) return static_cast<std::size_t>(taken);
    return tl::unexpected(base::io_error::reset);
  }

  boost::asio::posix::stream_descriptor descriptor_;
};

}  // namespace

std::unique_ptr<port::byte_stream> make_pipe_stream(loop& owner, file_descriptor owned) {
  return std::make_unique<fd_stream>(owner, std::move(owned));
}

// A duplicate, so that closing the stream leaves the process's own descriptor alone.
std::unique_ptr<port::byte_stream> make_fd_stream(loop& owner, int fd) {
  return make_pipe_stream(owner, file_descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, 3)));
}

}  // namespace naild::io
