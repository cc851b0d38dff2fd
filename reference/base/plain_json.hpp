#pragma once

// The common form of a one-line JSON message: an object whose members are texts without escapes and whole numbers. Reading
// it asks for no memory. It refuses everything else, valid JSON or not: that is for a JSON library.
// A report or an order is such a line on the path of every simulated run.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "reference/base/bytes.hpp"

namespace naild::base {

/// A JSON string holds it as it is: printable ASCII, no quote and no backslash.
bool is_plain_text(byte_view text) noexcept;

/// Views into the line that was read.
class plain_object {
 public:
  static constexpr std::size_t members_max = 8;

  /// nullopt: it is not of the common form, so a JSON library has to look at it. ASCII only; no key twice.
  static std::optional<plain_object> read(byte_view line);

  std::size_t size() const noexcept { return size_; }

  /// nullopt: there is no such member, or it is of the other type.
  std::optional<byte_view> text(byte_view key) const noexcept;
  std::optional<std::int64_t> number(byte_view key) const noexcept;

 private:
  struct member {
    byte_view key{};
    byte_view text{};
    std::int64_t number = 0;
    bool is_text = false;
  };

  const member* find(byte_view key) const noexcept;

  std::array<member, members_max> members_{};
  std::size_t size_ = 0;
};

}  // namespace naild::base
