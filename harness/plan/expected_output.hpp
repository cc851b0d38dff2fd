#pragma once

// A model of the puppet's script: what a run must write and how it must end, from the plan of its client alone. Knows
// the script's meaning; knows nothing of chunks, histories or daemons. What it cannot tell, it leaves open.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/plan/interleaving.hpp"

namespace nailbiter::plan {

/// What one stream of a run carries in all.
struct produced {
  std::string text;                    // the certain first bytes
  std::optional<stream_id> endless{};  // after them, without end: this stream from `endless_offset` on
  std::uint64_t endless_offset = 0;
  std::vector<stream_share> shares{};  // after them, written at the same time by several threads of the run
  bool open = false;  // after them, bytes that the script does not tell may follow; the shares count no more

  std::uint64_t certain_bytes() const noexcept { return text.size() + (open ? 0 : bytes_of(shares)); }
};

struct expected_output {
  produced out;
  produced err;
  std::optional<std::int32_t> exit_code{};  // unset: the script does not end by itself, or cannot be told
};

/// A client without a script gives streams that are open from their first byte. What the daemon itself adds (reasons,
/// deprecation lines) is not in it. stdin of a `flood` client is stream {name, 0}.
expected_output expected_of(const client& who);

/// Where `received` first differs from what was produced, or goes on after its end; nullopt: it is a prefix.
std::optional<std::uint64_t> first_difference(std::string_view received, const produced& stream);

/// Is `received` a prefix that leaves none of the certain bytes out? An endless stream is never whole.
bool is_whole(std::string_view received, const produced& stream);

/// The bytes that a client with this plan has sent as stdin once `count` bytes are gone; shorter where it has no more.
std::string stdin_bytes(const client& who, std::uint64_t count);

}  // namespace nailbiter::plan
