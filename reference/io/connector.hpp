#pragma once

// Reaches unix and TCP listeners.

#include "reference/port/connector.hpp"

namespace naild::io {

class loop;

class connector final : public port::connector {
 public:
  /// Borrows the loop.
  explicit connector(loop& owner) noexcept : loop_(owner) {}

  std::unique_ptr<port::connection_attempt> prepare(const port::address& where) override;

 private:
  loop& loop_;
};

}  // namespace naild::io
