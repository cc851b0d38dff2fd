#include "harness/report/text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>

#include <fmt/core.h>

namespace nailbiter::report {
namespace {

bool is_plain(char byte) noexcept { return byte >= 0x20 && byte < 0x7f; }

void append_escaped(std::string& out, char byte) {
  switch (byte) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\0': out += "\\0"; return;
    default: out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  }
}

/// FNV-1a: names only, no security.
std::uint32_t hash_of(std::string_view text) noexcept {
  std::uint32_t hash = 2166136261u;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  return hash;
}

bool stays_in_file_names(char byte) noexcept {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || std::string_view("._=,-").find(byte) != std::string_view::npos;
}

}  // namespace

std::string printable(std::string_view text, std::size_t bytes_max) {
  std::string out;
  for (const char byte : text.substr(0, bytes_max)) {
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += byte;
    } else if (is_plain(byte)) {
      out += byte;
    } else {
      append_escaped(out, byte);
    }
  }
  if (text.size() > bytes_max) out += "...";
  return out;
}

std::string printable_lines(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (is_plain(byte) || byte == '\n') {
      out += byte;
    } else {
      append_escaped(out, byte);
    }
  }
  return out;
}

std::string file_safe(std::string_view id) {
  constexpr std::size_t bytes_max = 180;
  std::string name;
  bool changed = false;
  for (const char byte : id) {
    if (stays_in_file_names(byte)) {
      name += byte;
    } else if (byte == '/') {
      name += '.';
    } else if (byte == '[') {
      name += '-';
    } else if (byte != ']') {
      name += '_';
      changed = true;
    }
  }
  if (name.empty() || name.front() == '.') name.insert(0, "_");
  if (name.size() <= bytes_max && !changed) return name;
  return fmt::format("{}-{:08x}", std::string_view(name).substr(0, bytes_max - 9), hash_of(id));
}

}  // namespace nailbiter::report
