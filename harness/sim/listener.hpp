#pragma once

// A simulated listening socket and the attempts to reach it. What is in the backlog is connected already: its client
// may write before anybody accepts.

#include <vector>

#include "harness/sim/network.hpp"

namespace nailbiter::sim {

class attempt final : public port::connection_attempt {
 public:
  attempt(network& owner, port::address where) : owner_(owner), where_(std::move(where)) {}
  ~attempt() override;
  void cancel() noexcept override;

 private:
  friend class listener;

  task::started start_connect() override;
  void complete(port::stream_result result);

  network& owner_;
  port::address where_;
  listener* waiting_at_ = nullptr;
};

class listener final : public port::listener {
 public:
  /// At most `open_max` accepted connections may be open at once: an accept beyond it has no resources.
  listener(network& owner, std::string name, task::resource_id resource, std::size_t open_max)
      : owner_(owner), name_(std::move(name)), resource_(resource), open_max_(open_max) {}
  ~listener() override;

  std::unique_ptr<port::byte_stream> try_accept() noexcept override;
  void close() noexcept override;
  port::address where() const override;

  /// Connects the attempt now or, when the backlog is full, later.
  void arrive(attempt& from);
  void forget(attempt& from) noexcept;
  task::resource_id resource() const noexcept { return resource_; }

 private:
  task::started start_accept() override;
  void connect(attempt& from);
  void try_complete();
  std::unique_ptr<port::byte_stream> take();
  bool out_of_resources() noexcept;

  network& owner_;
  std::string name_;
  task::resource_id resource_;
  std::vector<std::unique_ptr<port::byte_stream>> backlog_;  // the oldest first
  std::vector<attempt*> waiting_;                            // the oldest first
  std::size_t open_max_;
  std::vector<const pipe*> accepted_;  // what the accepted ends read from, while they are open
  bool accepting_ = false;
  bool closed_ = false;
};

}  // namespace nailbiter::sim
