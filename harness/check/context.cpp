#include "harness/check/context.hpp"

namespace nailbiter::check {

context::context(const history::history& what, const prepared_plan& prepared)
    : observed(what), intended(prepared), seen(views_of(what)) {
  // A history whose plan is another would be judged against the wrong clients.
  if (seen.clients.size() > prepared.clients.size()) seen.clients.resize(prepared.clients.size());
  streams.resize(seen.clients.size());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    for (std::size_t fd = 0; fd < 2; ++fd) {
      streams[i][fd] = compare(observed, seen.clients[i], fd == 0 ? '1' : '2', prepared.clients[i].streams[fd]);
    }
  }
}

bool context::is_owed_exit(std::size_t index) const noexcept {
  const client_view& view = seen.clients[index];
  const plan::client& who = client(index);
  const bool asked = who.header ? view.header != absent : view.connected != absent;
  return asked && who.expect.ends != plan::ending::no_answer && !view.left_before_exit();
}

std::uint64_t context::elapsed_ms(event_index from, event_index to) const noexcept {
  const auto began = event(from).time_ns;
  const auto ended = event(to).time_ns;
  return ended > began ? (ended - began) / 1'000'000 : 0;
}

std::string quoted(const plan::client& who) { return '"' + who.name + '"'; }

}  // namespace nailbiter::check
