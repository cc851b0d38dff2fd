#pragma once

// What one client received on one stream, held against what its run was to write. Linear; copies only when the two
// differ, to say how.

#include <cstdint>
#include <optional>
#include <string>

#include "harness/check/prepared_plan.hpp"
#include "harness/check/verdict.hpp"
#include "harness/check/views.hpp"

namespace nailbiter::check {

struct stream_comparison {
  static constexpr std::size_t shown_bytes_max = 32;

  std::uint64_t received_bytes = 0;  // up to the first `X`
  std::uint64_t matched_bytes = 0;   // of them, from the first on
  event_index last = absent;         // the last chunk of this stream before `X`
  event_index differs_at = absent;   // the first chunk that differs
  reason fault = reason::none;       // why it differs: output_lost (a hole), output_reordered, unexpected_output
  std::string came{};                // where it differs, what that chunk goes on with: at most shown_bytes_max of it
  std::optional<std::string> owed{};  // and what the run was to write there, as much; empty: nothing; unset: several threads write

  bool differs() const noexcept { return differs_at != absent; }

  /// All that the run was certain to write has come.
  bool is_whole(const expected_stream& expected) const noexcept {
    return !differs() && received_bytes >= expected.bytes.certain_bytes();
  }
};

/// `type` is '1' or '2'.
stream_comparison compare(const history::history& observed, const client_view& seen, char type,
                          const expected_stream& expected);

/// All that came on one stream before `X`, in one piece. A copy.
std::string received_bytes(const history::history& observed, const client_view& seen, char type);

}  // namespace nailbiter::check
