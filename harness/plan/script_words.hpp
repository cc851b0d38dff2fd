#pragma once

// How the operands of a script's op are told apart.

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace nailbiter::plan {

/// The whole text as a number, and nothing but it.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// What stands before the first space, and what behind it.
inline std::pair<std::string_view, std::string_view> split_word(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

}  // namespace nailbiter::plan
