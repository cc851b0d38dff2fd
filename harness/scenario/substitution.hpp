#pragma once

// Fills {name} places in texts. `{{` stands for a brace. Knows nothing of what the names mean.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::scenario {

/// What each name stands for: one text, or a list that fits only where a whole entry of a list is the place.
using bindings = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The error is a sentence: an unknown name (with the nearest), an open brace, a list inside a text.
tl::expected<std::string, std::string> substituted(std::string_view text, const bindings& names);

/// Entry by entry; an entry that is exactly "{name}" becomes all texts of the name.
tl::expected<std::vector<std::string>, std::string> substituted(const std::vector<std::string>& entries,
                                                                const bindings& names);

}  // namespace nailbiter::scenario
