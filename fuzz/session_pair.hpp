#pragma once

// A machine and its model, told the same events.

#include <optional>
#include <span>
#include <string>

#include "fuzz/session_model.hpp"
#include "reference/session/machine.hpp"

namespace fuzz {

class session_pair {
 public:
  /// `table` outlives the pair.
  session_pair(const session_table& table, naild::session::limits bounds, naild::session::stdin_grant grant)
      : machine_(bounds, grant), model_(table, bounds, grant) {}

  /// Nothing when the machine did what its model expects: the actions, the state, the request. Else both, as text.
  std::optional<std::string> tell(naild::session::event what);

  /// Of the last event, until the next one.
  std::span<const naild::session::action> actions() const noexcept { return actions_; }
  naild::session::input last_input() const noexcept { return model_.last_input(); }
  naild::session::state now() const noexcept { return machine_.now(); }
  const naild::session::request& asked() const noexcept { return machine_.asked(); }

 private:
  naild::session::machine machine_;
  session_model model_;
  std::span<const naild::session::action> actions_;
};

}  // namespace fuzz
