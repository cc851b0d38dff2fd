#include "harness/diagram/space_time.hpp"

#include <algorithm>
#include <set>

#include "harness/diagram/item_label.hpp"
#include "harness/diagram/links.hpp"

namespace nailbiter::diagram {
namespace {

using history::event_kind;

bool is_drawn(const history::event& what, std::size_t sessions) noexcept {
  if (what.kind == event_kind::op_begun || what.kind == event_kind::op_done) return false;
  return what.actor < sessions || what.actor == history::no_actor;
}

shape shape_of(const history::event& what) noexcept {
  if (what.actor == history::no_actor) return shape::world;
  switch (what.kind) {
    case event_kind::sent_header:
    case event_kind::sent_chunk:
    case event_kind::sent_bytes:
    case event_kind::half_closed:
    case event_kind::closed:
    case event_kind::reset:
      return shape::sent;
    case event_kind::received_chunk:
    case event_kind::received_bad_bytes:
    case event_kind::received_end:
    case event_kind::received_reset:
      return shape::received;
    case event_kind::run_hello:
    case event_kind::run_at:
    case event_kind::run_barrier:
    case event_kind::run_blocked:
    case event_kind::run_cancelled:
    case event_kind::run_exit:
    case event_kind::run_lost:
      return shape::report;
    case event_kind::run_go:
      return shape::order;
    default:
      return shape::act;
  }
}

std::vector<item> items_of(const history::history& observed, const std::set<std::size_t>& witness) {
  std::vector<item> items;
  for (std::size_t at = 0; at < observed.events.size(); ++at) {
    const auto& seen = observed.events[at];
    if (!is_drawn(seen, observed.what.clients.size())) continue;
    items.push_back({.what = shape_of(seen),
                     .event = at,
                     .session = seen.actor == history::no_actor ? 0 : seen.actor,
                     .time_ns = seen.time_ns,
                     .kind = seen.kind,
                     .witness = witness.contains(at),
                     .label = label_of(seen)});
  }
  return items;
}

/// Like items of a session with nothing else of it between become one, unless a witness comes in between.
std::vector<item> merged(const std::vector<item>& items, const history::history& observed) {
  std::vector<item> kept;
  std::vector<std::size_t> last(observed.what.clients.size(), items.size());
  for (const item& one : items) {
    if (one.witness) std::ranges::fill(last, items.size());
    if (one.what == shape::world || one.witness) {
      kept.push_back(one);
      continue;
    }
    const std::size_t before = last[one.session];
    const bool same = before < kept.size() && kept[before].kind == one.kind &&
                      observed.events[kept[before].event].type == observed.events[one.event].type;
    if (same) {
      ++kept[before].count;
      continue;
    }
    last[one.session] = kept.size();
    kept.push_back(one);
  }
  return kept;
}

/// Drops what is far from begin, end and witness; how many events went.
std::size_t shorten(std::vector<item>& items, std::size_t items_max) {
  if (items.size() <= items_max) return 0;
  const std::size_t edge = items_max / 4;
  std::vector<std::size_t> marked;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].witness) marked.push_back(i);
  }
  const std::size_t around = marked.empty() ? 0 : std::max<std::size_t>(items_max / 4 / marked.size(), 1);
  std::vector<char> keeps(items.size(), 0);
  for (std::size_t i = 0; i < edge; ++i) keeps[i] = keeps[items.size() - 1 - i] = 1;
  std::size_t budget = items_max - 2 * edge;
  for (const std::size_t at : marked) {
    const std::size_t begin = at - std::min(at, around);
    for (std::size_t i = begin; i <= std::min(at + around, items.size() - 1) && budget != 0; ++i) {
      if (keeps[i] == 0) --budget;
      keeps[i] = 1;
    }
  }
  std::vector<item> kept;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (keeps[i] == 0) {
      left_out += items[i].count;
    } else {
      kept.push_back(std::move(items[i]));
    }
  }
  items = std::move(kept);
  return left_out;
}

}  // namespace

space_time space_time_of(const history::history& observed, const std::vector<std::size_t>& witness, const limits& within) {
  space_time drawn{.title = observed.what.case_id};
  for (const auto& client : observed.what.clients) drawn.sessions.push_back(client.name);
  drawn.items = items_of(observed, {witness.begin(), witness.end()});
  if (drawn.items.size() > within.merge_above) drawn.items = merged(drawn.items, observed);
  drawn.events_left_out = shorten(drawn.items, within.items_max);
  drawn.links = links_of(drawn.items, observed);
  return drawn;
}

}  // namespace nailbiter::diagram
