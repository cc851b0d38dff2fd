#pragma once

// One end of a simulated connection, as a port: behaves like a unix stream socket whose bytes need time to arrive.

#include "harness/sim/pipe.hpp"

namespace nailbiter::sim {

/// Borrows its pipes from the network. Destroying it closes it, as a descriptor would be.
class stream final : public port::byte_stream {
 public:
  stream(pipe& in, pipe& out) noexcept : in_(in), out_(out) {}
  ~stream() override;

  void cancel_peer_closed() noexcept override { in_.unwatch(); }
  bool can_watch_peer() const noexcept override { return in_.can_watch(); }
  const pipe& incoming() const noexcept { return in_; }
  /// What a write would take now.
  std::size_t room() const noexcept { return out_.room(); }
  void shutdown_write() noexcept override { out_.finish(pipe::ending::fin); }
  void close() noexcept override;
  void reset() noexcept override { end(pipe::ending::reset_now); }
  std::optional<port::peer_credentials> peer() const noexcept override { return std::nullopt; }

 private:
  task::started start_read(std::span<char> into) override;
  task::started start_write(naild::base::byte_view from) override;
  task::started start_peer_closed() override;
  void end(pipe::ending how) noexcept;

  pipe& in_;
  pipe& out_;
  bool closed_here_ = false;
};

}  // namespace nailbiter::sim
