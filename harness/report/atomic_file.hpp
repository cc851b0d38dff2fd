#pragma once

// Writes a file whole or not at all: a reader sees the old content or the new, never a part.

#include <filesystem>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace nailbiter::report {

/// Creates missing folders, writes beside `path` and renames. A link is followed. What is there and no regular file, as a
/// pipe or a device, is written into and stays what it is. The error is a text that names the path.
tl::expected<void, std::string> write_atomically(const std::filesystem::path& path, std::string_view content);

/// Tries, before there is anything to write: makes the folders, and leaves nothing else. The error is as above.
tl::expected<void, std::string> can_write(const std::filesystem::path& path);

}  // namespace nailbiter::report
