#pragma once

// Reads a file that somebody else may have written: whole, and not without a bound.

#include <cstdint>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace nailbiter::report {

inline constexpr std::uintmax_t file_bytes_max = 256u << 20;

/// The bytes. The error is a text that names the path: it cannot be read, or has more than `bytes_max`.
tl::expected<std::string, std::string> content_of(const std::filesystem::path& path, std::uintmax_t bytes_max = file_bytes_max);

}  // namespace nailbiter::report
