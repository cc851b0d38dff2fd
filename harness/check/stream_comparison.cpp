#include "harness/check/stream_comparison.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nailbiter::check {
namespace {

/// How many of `received` agree with the stream's bytes from `offset` on.
std::uint64_t matching(std::string_view received, const plan::produced& stream, std::uint64_t offset) {
  std::uint64_t matched = 0;
  if (offset < stream.text.size()) {
    const auto part = std::string_view(stream.text).substr(offset, received.size());
    if (received.starts_with(part)) {
      matched = part.size();
    } else {
      return static_cast<std::uint64_t>(std::ranges::mismatch(received, part).in1 - received.begin());
    }
  }
  if (matched == received.size()) return matched;
  if (stream.open) return received.size();
  if (!stream.endless) return matched;
  const auto beyond = offset + matched - stream.text.size();
  return matched + plan::matching_stream_bytes(received.substr(matched), *stream.endless, stream.endless_offset + beyond);
}

bool same_bytes_in_another_order(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::array<std::int64_t, 256> counts{};
  for (const char c : a) ++counts[static_cast<unsigned char>(c)];
  for (const char c : b) --counts[static_cast<unsigned char>(c)];
  return std::ranges::all_of(counts, [](std::int64_t n) { return n == 0; });
}

/// Which way `received`, the same as the expected up to `matched`, is wrong.
reason fault_of(std::string_view received, const plan::produced& stream, std::uint64_t matched) {
  const std::string_view whole = stream.text;
  if (matched >= whole.size()) return reason::unexpected_output;
  if (same_bytes_in_another_order(received.substr(matched), whole.substr(matched))) return reason::output_reordered;
  constexpr std::size_t needle_bytes = 64;
  const auto needle = received.substr(matched, needle_bytes);
  if (received.size() >= whole.size() || whole.find(needle, matched) == std::string_view::npos) return reason::unexpected_output;
  // What comes next was written later: either a hole, or the missing bytes come after it.
  const auto missing = whole.substr(matched, std::min(needle_bytes, whole.find(needle, matched) - matched));
  return received.find(missing, matched) == std::string_view::npos ? reason::output_lost : reason::output_reordered;
}

}  // namespace

stream_comparison compare(const history::history& observed, const client_view& seen, char type, const expected_stream& expected) {
  stream_comparison result;
  for (const std::uint32_t at : seen.chunks) {
    if (at >= seen.exit) break;
    const history::event& what = observed.events[at];
    if (what.type != type) continue;
    result.last = at;
    if (expected.constrained && !result.differs()) {
      const auto matched = matching(what.text, expected.bytes, result.received_bytes);
      result.matched_bytes += matched;
      if (matched != what.text.size()) result.differs_at = at;
    }
    result.received_bytes += what.text.size();
  }
  if (result.differs()) result.fault = fault_of(received_bytes(observed, seen, type), expected.bytes, result.matched_bytes);
  return result;
}

std::string received_bytes(const history::history& observed, const client_view& seen, char type) {
  std::string all;
  for (const std::uint32_t at : seen.chunks) {
    if (at >= seen.exit) break;
    if (observed.events[at].type == type) all += observed.events[at].text;
  }
  return all;
}

}  // namespace nailbiter::check
