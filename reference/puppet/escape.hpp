#pragma once

// C escapes of the puppet's script and output. Bytes in no encoding: what is not printable ASCII is written as \xHH.

#include <optional>

#include "reference/base/bytes.hpp"

namespace naild::puppet {

/// Printable text: \\ and \n by letter, every other byte outside 0x20..0x7e as \xHH (two lower-case digits).
base::bytes escaped(base::byte_view raw);

/// The bytes that `text` stands for: \n \t \r \0 \\ \" \' and \xHH; nullopt when an escape is cut or unknown.
std::optional<base::bytes> unescaped(base::byte_view text);

}  // namespace naild::puppet
