#include "reference/puppet/escape.hpp"

#include <algorithm>

namespace naild::puppet {
namespace {

constexpr base::byte_view hex_digits = "0123456789abcdef";

std::optional<unsigned> hex_value(char digit) noexcept {
  const auto lower = static_cast<char>(digit >= 'A' && digit <= 'F' ? digit - 'A' + 'a' : digit);
  const std::size_t value = hex_digits.find(lower);
  return value == base::byte_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(value));
}

std::optional<char> letter_escape(char letter) noexcept {
  switch (letter) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case '0': return '\0';
    case '\\':
    case '"':
    case '\'': return letter;
    default: return std::nullopt;
  }
}

/// Takes what follows a backslash off `rest`.
std::optional<char> take_escape(base::byte_view& rest) noexcept {
  if (rest.empty()) return std::nullopt;
  if (rest.front() != 'x') {
    const auto value = letter_escape(rest.front());
    rest.remove_prefix(1);
    return value;
  }
  if (rest.size() < 3) return std::nullopt;
  const auto high = hex_value(rest[1]);
  const auto low = hex_value(rest[2]);
  rest.remove_prefix(3);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high << 4 | *low);
}

}  // namespace

base::bytes escaped(base::byte_view raw) {
  base::bytes text;
  text.reserve(raw.size());
  for (const char byte : raw) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\\') {
      text += "\\\\";
    } else if (code < 0x20 || code >= 0x7f) {
      text += {'\\', 'x', hex_digits[code >> 4], hex_digits[code & 15]};
    } else {
      text += byte;
    }
  }
  return text;
}

std::optional<base::bytes> unescaped(base::byte_view text) {
  base::bytes raw;
  raw.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    raw.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    text.remove_prefix(1);
    const auto byte = take_escape(text);
    if (!byte) return std::nullopt;
    raw += *byte;
  }
  return raw;
}

}  // namespace naild::puppet
