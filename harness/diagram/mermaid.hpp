#pragma once

// The drawing as the text of a Mermaid sequence diagram: for pages that render it, such as issues and merge requests.

#include <string>

#include "harness/diagram/space_time.hpp"

namespace nailbiter::diagram {

/// Two participants a session, its client and its run; witness events stand on a red ground.
std::string to_mermaid(const space_time& drawn);

}  // namespace nailbiter::diagram
