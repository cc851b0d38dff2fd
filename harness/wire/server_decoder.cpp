#include "harness/wire/server_decoder.hpp"

#include <fmt/core.h>

#include "harness/wire/exit_payload.hpp"

namespace nailbiter::wire {
namespace {

using naild::base::byte_view;

constexpr std::size_t header_bytes = 5;
constexpr std::size_t type_at = 4;

std::uint32_t announced(byte_view header) noexcept {
  const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(header[at])}; };
  return (byte(0) << 24) + (byte(1) << 16) + (byte(2) << 8) + byte(3);
}

}  // namespace

const char* describe(irregularity_kind kind) noexcept {
  switch (kind) {
    case irregularity_kind::unknown_type: return "unknown chunk type";
    case irregularity_kind::client_type: return "chunk type of a client";
    case irregularity_kind::legacy_type: return "legacy chunk type";
    case irregularity_kind::payload_on_start: return "S with a payload";
    case irregularity_kind::bad_exit_payload: return "X without a decimal int32";
    case irregularity_kind::padded_exit_payload: return "X with white space";
    case irregularity_kind::chunk_too_long: return "chunk too long";
    case irregularity_kind::cut_in_header: return "stream cut inside a chunk header";
    case irregularity_kind::cut_in_payload: return "stream cut inside a payload";
  }
  return "unknown irregularity";
}

std::string to_string(const irregularity& what) {
  return fmt::format("{} at byte {} ({:#x})", describe(what.kind), what.position, what.detail);
}

void server_decoder::push(naild::base::byte_view bytes) {
  bytes_seen_ += bytes.size();
  if (lost_) return;
  pending_.erase(0, taken_);
  taken_ = 0;
  pending_.append(bytes);
}

std::optional<server_chunk> server_decoder::next() {
  if (lost_) return std::nullopt;
  const byte_view rest = byte_view(pending_).substr(taken_);
  if (rest.size() < type_at) return std::nullopt;
  const std::uint32_t payload_bytes = announced(rest);
  if (payload_bytes > payload_bytes_max_) {
    report(irregularity_kind::chunk_too_long, position_, payload_bytes);
    lost_ = true;
    return std::nullopt;
  }
  if (rest.size() < header_bytes + payload_bytes) return std::nullopt;

  server_chunk found{.type = static_cast<std::uint8_t>(rest[type_at]),
                     .payload = naild::base::bytes(rest.substr(header_bytes, payload_bytes)),
                     .position = position_};
  taken_ += header_bytes + payload_bytes;
  position_ += header_bytes + payload_bytes;
  inspect(found);
  return found;
}

void server_decoder::finish() {
  if (lost_) return;
  const byte_view rest = byte_view(pending_).substr(taken_);
  if (rest.empty()) return;
  if (rest.size() < header_bytes) {
    report(irregularity_kind::cut_in_header, bytes_seen_, static_cast<std::uint32_t>(header_bytes - rest.size()));
    return;
  }
  const auto payload_there = static_cast<std::uint32_t>(rest.size() - header_bytes);
  report(irregularity_kind::cut_in_payload, bytes_seen_, announced(rest) - payload_there);
}

void server_decoder::inspect(const server_chunk& chunk) {
  const std::uint64_t type_position = chunk.position + type_at;
  const std::uint64_t payload_position = chunk.position + header_bytes;
  switch (chunk.type) {
    case '1':
    case '2': return;
    case 'S':
      if (!chunk.payload.empty()) report(irregularity_kind::payload_on_start, payload_position, static_cast<std::uint32_t>(chunk.payload.size()));
      return;
    case 'X': {
      const auto code = parse_exit(chunk.payload);
      if (!code) return report(irregularity_kind::bad_exit_payload, payload_position, static_cast<std::uint32_t>(code.error()));
      if (is_padded(chunk.payload)) report(irregularity_kind::padded_exit_payload, payload_position, static_cast<std::uint32_t>(chunk.payload.size()));
      return;
    }
    case 'P':
    case 'G': return report(irregularity_kind::legacy_type, type_position, chunk.type);
    default: break;
  }
  const bool from_client = byte_view("AEDCH0.").find(static_cast<char>(chunk.type)) != byte_view::npos;
  report(from_client ? irregularity_kind::client_type : irregularity_kind::unknown_type, type_position, chunk.type);
}

void server_decoder::report(irregularity_kind kind, std::uint64_t position, std::uint32_t detail) {
  ++irregularity_count_;
  if (irregularities_.size() < irregularities_max) irregularities_.push_back({.kind = kind, .position = position, .detail = detail});
}

}  // namespace nailbiter::wire
