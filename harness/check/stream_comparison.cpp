#include "harness/check/stream_comparison.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nailbiter::check {
namespace {

/// How many of `received` agree with the stream's bytes from `offset` on.
std::uint64_t matching(std::string_view received, const plan::produced& stream, std::uint64_t offset,
                       plan::interleaving& followed) {
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
  if (!stream.shares.empty()) return matched + followed.follow(received.substr(matched));
  if (!stream.endless) return matched;
  const auto beyond = offset + matched - stream.text.size();
  return matched +
         plan::matching_stream_bytes(received.substr(matched), *stream.endless, stream.endless_offset + beyond);
}

/// Is each byte in `part` as often as in `whole`, or less?
bool is_made_of(std::string_view part, std::string_view whole) {
  std::array<std::int64_t, 256> counts{};
  for (const char c : whole) ++counts[static_cast<unsigned char>(c)];
  for (const char c : part) --counts[static_cast<unsigned char>(c)];
  return std::ranges::all_of(counts, [](std::int64_t n) { return n >= 0; });
}

/// Is `part` what remains of `whole` when pieces of it are lost?
bool is_with_holes(std::string_view part, std::string_view whole) {
  std::size_t found = 0;
  for (std::size_t at = 0; at < whole.size() && found < part.size(); ++at) found += whole[at] == part[found];
  return found == part.size();
}

reason reason_of(plan::interleaving::fault how) {
  if (how == plan::interleaving::fault::hole) return reason::output_lost;
  return how == plan::interleaving::fault::earlier ? reason::output_reordered : reason::unexpected_output;
}

/// Which way `received` is wrong, the same as the expected up to `matched`, where a chunk goes on with `next`.
reason fault_of(std::string_view received, std::string_view next, const plan::produced& stream, std::uint64_t matched) {
  constexpr std::size_t needle_bytes = 64;
  const std::string_view whole = stream.text;
  if (matched >= whole.size() || received.size() > whole.size()) return reason::unexpected_output;
  if (whole.find(next.substr(0, needle_bytes)) == std::string_view::npos) return reason::unexpected_output;
  const auto rest = whole.substr(matched);
  received.remove_prefix(matched);
  if (is_with_holes(received, rest)) return reason::output_lost;
  return is_made_of(received, rest) ? reason::output_reordered : reason::unexpected_output;
}

/// The first bytes that were to come at `offset`.
std::optional<std::string> owed_at(const plan::produced& stream, std::uint64_t offset) {
  constexpr std::size_t wanted = stream_comparison::shown_bytes_max;
  std::string owed;
  if (offset < stream.text.size()) owed = stream.text.substr(offset, wanted);
  if (owed.size() == wanted) return owed;
  if (!stream.shares.empty()) return owed.empty() ? std::nullopt : std::optional(owed);
  const std::uint64_t beyond = std::max<std::uint64_t>(offset, stream.text.size()) - stream.text.size();
  if (stream.endless) plan::append_stream(owed, *stream.endless, stream.endless_offset + beyond, wanted - owed.size());
  return owed;
}

}  // namespace

stream_comparison compare(const history::history& observed, const client_view& seen, char type,
                          const expected_stream& expected) {
  stream_comparison result;
  std::string_view wrong;
  plan::interleaving followed(expected.bytes.shares);
  for (const std::uint32_t at : seen.chunks) {
    if (at >= seen.exit) break;
    const history::event& what = observed.events[at];
    if (what.type != type) continue;
    result.last = at;
    if (expected.constrained && !result.differs()) {
      const auto matched = matching(what.text, expected.bytes, result.received_bytes, followed);
      result.matched_bytes += matched;
      if (matched != what.text.size()) {
        result.differs_at = at;
        wrong = std::string_view(what.text).substr(matched);
      }
    }
    result.received_bytes += what.text.size();
  }
  if (!result.differs()) return result;
  result.fault = followed.wrong() != plan::interleaving::fault::none ? reason_of(followed.wrong()) : fault_of(received_bytes(observed, seen, type), wrong, expected.bytes, result.matched_bytes);
  result.came = wrong.substr(0, stream_comparison::shown_bytes_max);
  result.owed = owed_at(expected.bytes, result.matched_bytes);
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
