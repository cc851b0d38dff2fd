#pragma once

// Reads the payload of an `X`: an ASCII decimal int32, white space around it allowed.

#include <cstdint>

#include <tl/expected.hpp>

#include "reference/base/bytes.hpp"

namespace nailbiter::wire {

enum class exit_error : std::uint8_t { empty, not_a_number, out_of_range };

const char* describe(exit_error error) noexcept;

tl::expected<std::int32_t, exit_error> parse_exit(naild::base::byte_view payload) noexcept;

/// Is there white space around the number ("N\n" of the Java servers)?
bool is_padded(naild::base::byte_view payload) noexcept;

}  // namespace nailbiter::wire
