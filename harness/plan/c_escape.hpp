#pragma once

// C escapes: how bytes are written in scenario files, puppet scripts, plans and reports. Knows nothing of encodings:
// every byte that is not printable ASCII is written as \xHH, with exactly two digits.

#include <optional>
#include <string>
#include <string_view>

namespace nailbiter::plan {

/// Printable text for any bytes; unescaped() gives the bytes back.
std::string escaped(std::string_view bytes);

/// The bytes that `text` stands for: \n \t \r \0 \\ \" \' and \xHH. nullopt when an escape is cut or unknown.
std::optional<std::string> unescaped(std::string_view text);

}  // namespace nailbiter::plan
