#include "reference/wire/chunk_splitter.hpp"

#include <algorithm>

#include "reference/base/release.hpp"
#include "reference/wire/chunk.hpp"

namespace naild::wire {
namespace {

constexpr std::size_t length_bytes = 4;
constexpr std::size_t idle_carry_bytes_max = 4096;  // what an idle connection may keep allocated

std::uint32_t read_big_endian(base::byte_view bytes) noexcept {
  std::uint32_t value = 0;
  for (std::size_t at = 0; at < length_bytes; ++at) value = value << 8 | static_cast<std::uint8_t>(bytes[at]);
  return value;
}

raw_chunk chunk_of(base::byte_view whole) noexcept {
  return {.type_byte = static_cast<std::uint8_t>(whole[length_bytes]), .payload = whole.substr(chunk_header_bytes)};
}

}  // namespace

void chunk_splitter::push(base::byte_view input) {
  if (failed_) return;
  keep_input();
  input_ = input;
}

result<std::optional<raw_chunk>> chunk_splitter::next() {
  if (failed_) return tl::unexpected(wire_error::chunk_too_long);
  if (carried_bytes() != 0) return next_from_carry();
  release_carry();
  return next_from_input();
}

result<std::optional<raw_chunk>> chunk_splitter::next_from_input() {
  const auto whole = whole_bytes(input_);
  if (!whole) return tl::unexpected(whole.error());
  if (!*whole || input_.size() < **whole) {
    keep_input();
    return std::nullopt;
  }
  const raw_chunk found = chunk_of(input_.substr(0, **whole));
  input_.remove_prefix(**whole);
  return found;
}

// Only the bytes that complete the carried chunk are copied; what follows it is read in place.
result<std::optional<raw_chunk>> chunk_splitter::next_from_carry() {
  if (!fill_carry(length_bytes)) return std::nullopt;
  const auto whole = whole_bytes(base::byte_view(carry_).substr(begin_));
  if (!whole) return tl::unexpected(whole.error());
  if (!fill_carry(**whole)) return std::nullopt;

  const raw_chunk found = chunk_of(base::byte_view(carry_).substr(begin_, **whole));
  begin_ += **whole;
  return found;
}

/// Size of the chunk at the front, header included; nullopt while its length is not there. Fails for good when over the limit.
result<std::optional<std::size_t>> chunk_splitter::whole_bytes(base::byte_view rest) {
  if (rest.size() < length_bytes) return std::nullopt;
  const std::uint32_t payload_bytes = read_big_endian(rest);
  if (payload_bytes > chunk_bytes_max_) {
    failed_ = true;
    announced_bytes_ = payload_bytes;
    input_ = {};
    begin_ = 0;
    base::release(carry_);
    return tl::unexpected(wire_error::chunk_too_long);
  }
  return chunk_header_bytes + std::size_t{payload_bytes};
}

/// Allocates for bytes that have arrived, never for bytes that were announced.
bool chunk_splitter::fill_carry(std::size_t until_bytes) {
  if (carried_bytes() >= until_bytes) return true;
  carry_.erase(0, begin_);
  begin_ = 0;
  const std::size_t taken = std::min(input_.size(), until_bytes - carry_.size());
  carry_.append(input_.substr(0, taken));
  input_.remove_prefix(taken);
  return carry_.size() >= until_bytes;
}

void chunk_splitter::release_carry() {
  begin_ = 0;
  if (input_.empty() && carry_.capacity() > idle_carry_bytes_max) base::release(carry_);
  carry_.clear();
}

void chunk_splitter::keep_input() {
  if (carried_bytes() == 0) release_carry();
  carry_.append(input_);
  input_ = {};
}

}  // namespace naild::wire
