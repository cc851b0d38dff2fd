#include "harness/plan/interleaving.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace nailbiter::plan {
namespace {

/// Which byte of `id` the line begins with; nullopt when it is no line of it.
std::optional<std::uint64_t> offset_in(std::string_view line, const stream_id& id) {
  const std::string begins = "NB " + id.run + ' ' + std::to_string(id.fd) + ' ';
  std::uint64_t offset = 0;
  if (!line.starts_with(begins)) return std::nullopt;
  std::from_chars(line.data() + begins.size(), line.data() + line.size(), offset);
  if (matching_stream_bytes(line, id, offset) != line.size()) return std::nullopt;
  return offset;
}

}  // namespace

std::uint64_t bytes_of(std::span<const stream_share> shares) noexcept {
  std::uint64_t all = 0;
  for (const stream_share& each : shares) all += each.bytes;
  return all;
}

interleaving::interleaving(std::span<const stream_share> shares) : shares_(shares), places_(shares.size()) {
  for (std::size_t i = 0; i < places_.size(); ++i) advance(i);
}

std::size_t interleaving::follow(std::string_view received) {
  std::size_t fitting = 0;
  while (wrong_ == fault::none && !received.empty()) {
    const std::string_view piece = received.substr(0, stream_line_bytes - line_.size());
    line_ += piece;
    received.remove_prefix(piece.size());
    if (line_.size() == stream_line_bytes) wrong_ = take_line();
    if (wrong_ == fault::none) fitting += piece.size();
  }
  return fitting;
}

interleaving::fault interleaving::take_line() {
  const auto found = std::ranges::find(places_, line_, &place::line);
  if (found != places_.end()) {
    found->offset += stream_line_bytes;
    advance(static_cast<std::size_t>(found - places_.begin()));
    line_.clear();
    return fault::none;
  }
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const auto offset = offset_in(line_, shares_[i].id);
    if (!offset || *offset >= shares_[i].bytes) continue;
    return *offset > places_[i].offset ? fault::hole : fault::earlier;
  }
  return fault::unexpected;
}

void interleaving::advance(std::size_t share) {
  place& here = places_[share];
  here.line.clear();
  if (here.offset < shares_[share].bytes) append_stream(here.line, shares_[share].id, here.offset, stream_line_bytes);
}

}  // namespace nailbiter::plan
