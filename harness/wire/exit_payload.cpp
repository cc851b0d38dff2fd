#include "harness/wire/exit_payload.hpp"

#include <limits>

namespace nailbiter::wire {
namespace {

using naild::base::byte_view;

bool is_white(char byte) noexcept { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

byte_view trimmed(byte_view text) noexcept {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

const char* describe(exit_error error) noexcept {
  switch (error) {
    case exit_error::empty: return "empty exit code";
    case exit_error::not_a_number: return "exit code is not a decimal number";
    case exit_error::out_of_range: return "exit code does not fit 32 bits";
  }
  return "unknown exit error";
}

tl::expected<std::int32_t, exit_error> parse_exit(naild::base::byte_view payload) noexcept {
  byte_view text = trimmed(payload);
  if (text.empty()) return tl::unexpected(exit_error::empty);
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty()) return tl::unexpected(exit_error::not_a_number);

  constexpr std::int64_t magnitude_max = std::int64_t{1} << 31;
  std::int64_t magnitude = 0;
  bool over = false;
  for (const char byte : text) {
    if (byte < '0' || byte > '9') return tl::unexpected(exit_error::not_a_number);
    if (!over) magnitude = magnitude * 10 + (byte - '0');
    over = over || magnitude > magnitude_max;
  }
  const std::int64_t code = negative ? -magnitude : magnitude;
  if (over || code > std::numeric_limits<std::int32_t>::max()) return tl::unexpected(exit_error::out_of_range);
  return static_cast<std::int32_t>(code);
}

bool is_padded(naild::base::byte_view payload) noexcept { return trimmed(payload).size() != payload.size(); }

}  // namespace nailbiter::wire
