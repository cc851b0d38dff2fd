#pragma once

// Bytes of a daemon made fit for a terminal or a file name.

#include <string>
#include <string_view>

namespace nailbiter::report {

/// Printable ASCII; everything else, '"' and '\\' as C escapes. At most `bytes_max` bytes are shown, then "...".
std::string printable(std::string_view text, std::size_t bytes_max);

/// As printable(), with line feeds kept and no bound: for logs.
std::string printable_lines(std::string_view text);

/// A case id as one path component: letters, digits and "._=,-" stay, '/' becomes '.', the rest '_'. Never empty, never
/// hidden, at most 180 bytes (an id that was cut or changed ends in a hash, so two ids never share a name by accident).
std::string file_safe(std::string_view id);

}  // namespace nailbiter::report
