#pragma once

// Which commands there are. An object made in main and passed down; filled before the daemon serves, constant after.

#include <functional>
#include <map>
#include <memory>

#include "reference/base/bytes.hpp"
#include "reference/nail/nail.hpp"

namespace naild::nail {

class registry {
 public:
  using factory = std::function<std::unique_ptr<nail>()>;

  /// A later entry of the same name replaces the earlier one.
  void add(base::bytes name, factory make) { factories_.insert_or_assign(std::move(name), std::move(make)); }

  /// nullptr: no such command. Any thread, once filled.
  std::unique_ptr<nail> make(base::byte_view name) const {
    const auto found = factories_.find(name);
    return found == factories_.end() ? nullptr : found->second();
  }

 private:
  std::map<base::bytes, factory, std::less<>> factories_;
};

}  // namespace naild::nail
