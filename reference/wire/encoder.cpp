#include "reference/wire/encoder.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <limits>

namespace naild::wire {
namespace {

constexpr base::byte_view white_space = " \t\r\n\v\f";

void append_header(base::bytes& out, std::uint8_t type_byte, std::uint32_t payload_bytes) {
  assert(type_byte != 0);
  const std::array<char, chunk_header_bytes> header{static_cast<char>(payload_bytes >> 24), static_cast<char>(payload_bytes >> 16),
                                                    static_cast<char>(payload_bytes >> 8), static_cast<char>(payload_bytes),
                                                    static_cast<char>(type_byte)};
  out.append(header.data(), header.size());
}

void append_whole(base::bytes& out, std::uint8_t type_byte, base::byte_view payload) {
  assert(payload.size() <= std::numeric_limits<std::uint32_t>::max());
  append_header(out, type_byte, static_cast<std::uint32_t>(payload.size()));
  out.append(payload);
}

}  // namespace

void append_chunk(base::bytes& out, server_chunk_type type, base::byte_view payload) {
  append_whole(out, static_cast<std::uint8_t>(type), payload);
}

void append_chunk(base::bytes& out, client_chunk_type type, base::byte_view payload) {
  append_whole(out, static_cast<std::uint8_t>(type), payload);
}

void append_chunk_header(base::bytes& out, server_chunk_type type, std::uint32_t payload_bytes) {
  append_header(out, static_cast<std::uint8_t>(type), payload_bytes);
}

void append_chunk_header(base::bytes& out, client_chunk_type type, std::uint32_t payload_bytes) {
  append_header(out, static_cast<std::uint8_t>(type), payload_bytes);
}

void append_exit(base::bytes& out, std::int32_t code) {
  std::array<char, 12> digits{};  // "-2147483648"
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), code).ptr;
  append_chunk(out, server_chunk_type::exit, base::byte_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

std::optional<std::int32_t> parse_exit_code(base::byte_view payload) noexcept {
  const auto first = payload.find_first_not_of(white_space);
  if (first == base::byte_view::npos) return std::nullopt;
  const auto digits = payload.substr(first, payload.find_last_not_of(white_space) - first + 1);
  std::int32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return code;
}

}  // namespace naild::wire
