#pragma once

// Which item of a drawing had to come before which: only what the protocol and the control lines make certain.

#include <vector>

#include "harness/diagram/space_time.hpp"

namespace nailbiter::diagram {

/// Header -> hello, leaving -> cancelled, the run's exit -> `X`, the last to reach a barrier -> each release of it.
/// Live, a report can be observed after its effect; such a pair gets no link.
std::vector<link> links_of(const std::vector<item>& items, const history::history& observed);

}  // namespace nailbiter::diagram
