#include "harness/diagram/links.hpp"

#include <map>
#include <optional>

namespace nailbiter::diagram {
namespace {

using history::event_kind;

/// The latest item of each cause; what takes it for a link that may be made once takes it away.
struct causes {
  std::optional<std::size_t> header;
  std::optional<std::size_t> leaving;
  std::optional<std::size_t> run_exit;
};

void take(std::optional<std::size_t>& cause, std::size_t effect, std::vector<link>& links) {
  if (!cause) return;
  links.push_back({*cause, effect});
  cause.reset();
}

}  // namespace

std::vector<link> links_of(const std::vector<item>& items, const history::history& observed) {
  std::vector<link> links;
  std::vector<causes> of(observed.what.clients.size());
  std::map<std::string, std::size_t> arrived;  // by barrier
  for (std::size_t at = 0; at < items.size(); ++at) {
    const item& one = items[at];
    if (one.what == shape::world) continue;
    const auto& seen = observed.events[one.event];
    causes& mine = of[one.session];
    switch (one.kind) {
      case event_kind::sent_header: mine.header = at; break;
      case event_kind::run_hello: take(mine.header, at, links); break;
      case event_kind::half_closed:
      case event_kind::closed:
      case event_kind::reset:
        if (!mine.leaving) mine.leaving = at;
        break;
      case event_kind::run_cancelled: take(mine.leaving, at, links); break;
      case event_kind::run_exit: mine.run_exit = at; break;
      case event_kind::received_chunk:
        if (seen.type == 'X') take(mine.run_exit, at, links);
        break;
      case event_kind::run_barrier: arrived[seen.text] = at; break;
      case event_kind::run_go:
        if (const auto last = arrived.find(seen.text); last != arrived.end()) links.push_back({last->second, at});
        break;
      default: break;
    }
  }
  return links;
}

}  // namespace nailbiter::diagram
