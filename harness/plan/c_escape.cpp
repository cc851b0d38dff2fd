#include "harness/plan/c_escape.hpp"

namespace nailbiter::plan {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

std::optional<unsigned> hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return unsigned(digit - '0');
  if (digit >= 'a' && digit <= 'f') return unsigned(digit - 'a') + 10;
  if (digit >= 'A' && digit <= 'F') return unsigned(digit - 'A') + 10;
  return std::nullopt;
}

std::optional<char> short_escape(char letter) {
  switch (letter) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '0':
      return '\0';
    case '\\':
      return '\\';
    case '"':
      return '"';
    case '\'':
      return '\'';
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string escaped(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\\') {
      text += "\\\\";
    } else if (byte == '\n') {
      text += "\\n";
    } else if (code >= 0x20 && code < 0x7f) {
      text += byte;
    } else {
      text += {'\\', 'x', hex_digits[code >> 4], hex_digits[code & 15]};
    }
  }
  return text;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      bytes += text[at];
      continue;
    }
    if (++at == text.size()) return std::nullopt;
    if (text[at] == 'x') {
      if (at + 2 >= text.size()) return std::nullopt;
      const auto high = hex_value(text[at + 1]);
      const auto low = hex_value(text[at + 2]);
      if (!high || !low) return std::nullopt;
      bytes += static_cast<char>(*high << 4 | *low);
      at += 2;
      continue;
    }
    const auto byte = short_escape(text[at]);
    if (!byte) return std::nullopt;
    bytes += *byte;
  }
  return bytes;
}

}  // namespace nailbiter::plan
