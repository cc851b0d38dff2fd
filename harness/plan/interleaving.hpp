#pragma once

// Several self-identifying streams on one wire: their lines may come in any order of the streams, and each stream keeps
// its own. Knows nothing of chunks.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/plan/self_identifying.hpp"

namespace nailbiter::plan {

/// One of the streams: its first `bytes`, a multiple of stream_line_bytes.
struct stream_share {
  stream_id id;
  std::uint64_t bytes = 0;

  friend bool operator==(const stream_share&, const stream_share&) = default;
};

std::uint64_t bytes_of(std::span<const stream_share> shares) noexcept;

class interleaving {
 public:
  enum class fault : std::uint8_t {
    none,
    hole,       // a later line of a stream than its next
    earlier,    // a line that has come already
    unexpected  // no line of any of them
  };

  /// Borrows the shares.
  explicit interleaving(std::span<const stream_share> shares);

  /// How many more bytes fit; fewer than given: wrong() says why, and nothing more is followed.
  std::size_t follow(std::string_view received);
  fault wrong() const noexcept { return wrong_; }

 private:
  struct place {
    std::uint64_t offset = 0;
    std::string line{};  // the next one; empty at the end
  };

  fault take_line();
  void advance(std::size_t share);

  std::span<const stream_share> shares_;
  std::vector<place> places_;
  std::string line_;  // the beginning of one
  fault wrong_ = fault::none;
};

}  // namespace nailbiter::plan
