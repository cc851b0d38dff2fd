#pragma once

// The replay token of a simulated execution: sim1:SEED:STRATEGY:CASE, where CASE is an id with its axes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nailbiter::command {

struct sim_token {
  std::uint64_t seed = 0;
  std::string strategy;
  std::string case_id;

  friend bool operator==(const sim_token&, const sim_token&) = default;
};

std::string to_string(const sim_token& token);

/// nullopt for any other text. The strategy is not looked up.
std::optional<sim_token> parse_sim_token(std::string_view text);

/// Could it be meant as one? Then a parse that fails is an error and not a folder's name.
bool looks_like_sim_token(std::string_view text) noexcept;

}  // namespace nailbiter::command
