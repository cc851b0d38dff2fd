#pragma once

// A connected socket, unix or TCP. It tries in place first; a read that has to wait registers with the event loop only
// when the strand has nothing else to do: a short run then costs its accept, one read and one write until its answer
// has left.

#include <optional>

#include "reference/io/deferral.hpp"
#include "reference/io/file_descriptor.hpp"
#include "reference/port/byte_stream.hpp"

#include <boost/asio/generic/stream_protocol.hpp>

namespace naild::io {

class loop;

class stream final : public port::byte_stream {
 public:
  /// `connected` is non-blocking; `family` is AF_UNIX, AF_INET or AF_INET6. Borrows the loop.
  stream(loop& owner, file_descriptor connected, int family) noexcept;
  ~stream() override;

  void cancel_peer_closed() noexcept override;
  bool can_watch_peer() const noexcept override { return !is_tcp(); }
  void shutdown_write() noexcept override;
  void close() noexcept override;
  void reset() noexcept override;
  std::optional<port::peer_credentials> peer() const noexcept override;
  std::optional<bool> has_untaken() const noexcept override;

 private:
  using socket = boost::asio::generic::stream_protocol::socket;

  task::started start_read(std::span<char> into) override;
  task::started start_write(base::byte_view from) override;
  task::started start_peer_closed() override;

  bool is_tcp() const noexcept;
  std::optional<base::io_result<std::size_t>> try_read(std::span<char> into) noexcept;
  void begin_read() noexcept;
  void wait_for_bytes() noexcept;
  bool register_with_loop() noexcept;
  void end() noexcept;

  loop& loop_;
  int family_;
  file_descriptor unregistered_;  // until the first wait, then socket_ owns it
  std::optional<socket> socket_;
  int fd_;
  std::uint64_t watch_key_ = 0;
  std::span<char> reading_;  // of the read that has been put off
  deferral late_read_;
  unsigned reads_in_place_ = 0;
  unsigned writes_in_place_ = 0;
  bool drained_ = false;  // the last read left nothing: a try would be in vain
  bool ended_ = false;  // by close() or reset()
};

}  // namespace naild::io
