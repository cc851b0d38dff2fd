#pragma once

// The known word that a misspelt one was probably meant to be.

#include <span>
#include <string_view>

namespace nailbiter::plan {

/// The word of `known` with the smallest edit distance; empty when nothing is near (more than a third differs, plus
/// one).
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> known);

}  // namespace nailbiter::plan
