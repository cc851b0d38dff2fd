#pragma once

// Clients whose connection is held by a child of the harness (`nailbiter actor`), reached over a socket pair: the real
// world's client_process. A reset by the daemon shows here as an end.

#include <memory>
#include <vector>

#include "harness/actor/client_process.hpp"
#include "reference/io/loop.hpp"

namespace nailbiter::target {

/// One thread. Its destructor kills and reaps every child that is left.
class relayed_clients final : public actor::client_processes {
 public:
  /// Borrows the loop. `argv` is the relay's command without the address.
  relayed_clients(naild::io::loop& loop, std::vector<std::string> argv);
  ~relayed_clients() override;

  tl::expected<actor::client_process*, std::string> start(const naild::port::address& daemon) override;

 private:
  class relayed_client;

  naild::io::loop& loop_;
  std::vector<std::string> argv_;
  std::vector<std::unique_ptr<relayed_client>> started_;  // at most one a client of the plan
};

}  // namespace nailbiter::target
