#pragma once

// The puppet's end of the control connection: reports what the run does, collects what the harness orders. Knows lines
// and tokens, not ops.

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <set>

#include "reference/base/bytes.hpp"
#include "reference/port/connector.hpp"
#include "reference/task/task.hpp"

namespace naild::puppet {

/// Told, on the strand, whenever an order has come or the connection has ended.
class control_listener {
 public:
  virtual void control_changed() = 0;

 protected:
  ~control_listener() = default;
};

/// Own strand only.
class control_client {
 public:
  control_client(std::uint32_t session, control_listener& listener) : session_(session), listener_(listener) {}

  /// False: nobody is there.
  task::task<bool> connect(const port::address& where, port::connector& network);

  /// Reads orders until the connection ends; one call, as a task of its own, once connected.
  task::task<> read_orders();

  /// Sends one line; false and dropped() when the connection has ended.
  task::task<bool> report(base::bytes line);

  /// Ends the connection and read_orders().
  void close();

  bool connected() const noexcept { return stream_ != nullptr; }

  /// The harness has gone (not: close() was called): the puppet must end.
  bool dropped() const noexcept { return dropped_; }

  bool take_go(base::byte_view token);
  std::optional<base::bytes> take_op();
  std::optional<std::int32_t> asked_exit_code() const noexcept { return exit_code_; }

 private:
  static constexpr std::size_t orders_max = 1024;  // beyond it the harness has gone mad: drop

  bool take_lines();
  bool obey(base::byte_view line);
  void drop();

  std::uint32_t session_;
  control_listener& listener_;
  std::unique_ptr<port::byte_stream> stream_;
  base::bytes received_;  // the beginning of a line
  std::multiset<base::bytes, std::less<>> released_;
  std::list<base::bytes> ops_;  // empty, it costs no allocation, unlike a deque
  std::optional<std::int32_t> exit_code_;
  bool dropped_ = false;
  bool closed_ = false;
};

}  // namespace naild::puppet
