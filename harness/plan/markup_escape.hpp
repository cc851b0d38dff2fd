#pragma once

// Any bytes as text of XML and HTML, in element content and in quoted attributes.

#include <string>
#include <string_view>

namespace nailbiter::plan {

/// The five entities; line feeds as &#10;; what XML 1.0 cannot hold, and all that is not ASCII, as a C escape.
std::string markup_escaped(std::string_view bytes);

}  // namespace nailbiter::plan
