#include "harness/command/sim_token.hpp"

#include <charconv>

#include <fmt/core.h>

namespace nailbiter::command {
namespace {

constexpr std::string_view prefix = "sim1:";

}  // namespace

std::string to_string(const sim_token& token) { return fmt::format("{}{}:{}:{}", prefix, token.seed, token.strategy, token.case_id); }

bool looks_like_sim_token(std::string_view text) noexcept { return text.starts_with("sim") && text.find(':') < 6; }

std::optional<sim_token> parse_sim_token(std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  sim_token token;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), token.seed);
  if (ec != std::errc() || end == text.data() + text.size() || *end != ':') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  token.strategy = text.substr(0, colon);
  token.case_id = text.substr(colon + 1);
  return token;
}

}  // namespace nailbiter::command
