#pragma once

// Carries a failure of the simulator to where no schedule can be chosen: what it did becomes a plan whose clients and
// puppets act in the same order, each by its turn. Orders only what a harness can reach, the acts of clients and the
// steps of puppets' scripts; what the daemon does in between is its own. Knows no world and no history.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/plan/plan.hpp"

namespace nailbiter::explore {

constexpr std::size_t lift_tokens_max = 32;  // of one client; later steps of its script follow unordered

/// The plan with a token before each step of a script that does not wait by itself, and all these tokens open from the
/// beginning (the first ops of each client): a run tells where it is and waits for nobody.
plan::plan with_tokens(plan::plan what);

/// Is it a token that with_tokens() made?
bool is_lift_token(std::string_view token) noexcept;

/// One act of an execution.
struct act {
  enum class kind : std::uint8_t {
    starts,   // its header has been sent, or it has connected if it sends none
    begins,   // its next op, those that open tokens included
    ends,     // the op that it began last
    passes,   // its puppet went on from the token
  };
  kind what{};
  std::uint32_t client = 0;  // index in the plan
  std::string token{};       // of passes

  friend bool operator==(const act&, const act&) = default;
};

/// Whether an execution was one of with_tokens(original) or of `original` itself.
enum class puppets : std::uint8_t { told, silent };

/// `original` with its acts in the order in which they were done. Waits stay where they ended, acts take turns, tokens
/// are released by the client whose puppet waits. Tokens and ops that were never reached come last, without a turn. Of silent
/// puppets scripts stay as they are.
plan::plan in_this_order(const plan::plan& original, const std::vector<act>& done, puppets how);

/// A wait for something that happens to the client, in contrast to what it does itself.
bool is_wait(plan::op_kind kind) noexcept;

}  // namespace nailbiter::explore
