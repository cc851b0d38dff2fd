#pragma once

// Who listens where in a simulated world, and the memory of all connections. Addresses are names (sim:NAME).

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/sim/stream.hpp"
#include "reference/port/connector.hpp"

namespace nailbiter::sim {

class listener;

inline constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

struct network_options {
  pipe_options pipe{};
  std::size_t backlog = 128;  // connections that nobody has accepted; more wait, as on a unix socket
};

/// The client's end first.
using stream_pair = std::pair<std::unique_ptr<port::byte_stream>, std::unique_ptr<port::byte_stream>>;

class network final : public port::connector {
 public:
  network(scheduler& owner, network_options options) noexcept : owner_(owner), options_(options) {}

  /// Forgets all connections in favour of a new execution. No stream or listener may be left.
  void begin() noexcept;

  std::unique_ptr<port::connection_attempt> prepare(const port::address& where) override;

  /// bad_address when the name is taken. At most `open_max` connections that it has accepted may be open at once.
  naild::base::io_result<std::unique_ptr<port::listener>> listen(std::string name, std::size_t open_max = unlimited);

  stream_pair connected_pair();

  /// nullptr when nobody listens.
  listener* find(const port::address& where) noexcept;
  void forget(const std::string& name) noexcept { listeners_.erase(name); }

  void fail_next_accepts(std::uint32_t count) noexcept { accepts_to_fail_ = count; }
  bool take_accept_failure() noexcept { return accepts_to_fail_ > 0 && accepts_to_fail_-- > 0; }

  /// Ends of this execution's connections that nobody has closed, those in a backlog included.
  std::size_t open_ends() const noexcept;

  /// Of connections made from now on.
  void watch_peers(peer_watch how) noexcept { options_.pipe.watch = how; }

  const network_options& options() const noexcept { return options_; }

 private:
  pipe& next_pipe();

  scheduler& owner_;
  network_options options_;
  std::map<std::string, listener*, std::less<>> listeners_;
  std::vector<std::unique_ptr<pipe>> pipes_;
  std::size_t pipe_count_ = 0;
  std::uint32_t connection_count_ = 0;
  std::uint32_t listener_count_ = 0;
  std::uint32_t accepts_to_fail_ = 0;
};

}  // namespace nailbiter::sim
