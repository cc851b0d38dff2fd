#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

event_index grant_number(const context& given, const client_view& view, std::uint64_t number) {
  for (const std::uint32_t at : view.chunks) {
    if (given.event(at).type == 'S' && number-- == 0) return at;
  }
  return absent;
}

/// The first grant that should not be; absent when all are in place.
event_index misplaced(const context& given, std::size_t index, std::string& why) {
  const client_view& view = given.seen.clients[index];
  if (view.exit != absent) {
    for (const std::uint32_t at : view.chunks) {
      if (at < view.exit || given.event(at).type != 'S') continue;
      why = "`S` came after `X`";
      return at;
    }
  }
  if (given.client(index).header && view.header == absent && view.sent == absent) {
    why = "`S` came though no command was sent";
    return grant_number(given, view, 0);
  }
  // The first `S` asks for a chunk, each other one answers a chunk that was consumed.
  const bool is_counted = !view.raw_sends && !view.left_before_exit();
  if (is_counted && view.finished != absent && view.grants > 1 + view.stdin_chunks) {
    why = std::to_string(view.grants) + " `S` for " + std::to_string(view.stdin_chunks) + " chunks of stdin";
    return grant_number(given, view, 1 + view.stdin_chunks);
  }
  return absent;
}

}  // namespace

verdict judge_stdin(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = given.seen.clients[i];
    if (view.grants == 0) continue;
    looked = true;
    std::string why;
    const event_index at = misplaced(given, i, why);
    if (at == absent) continue;
    std::vector<event_index> witness{at};
    if (view.exit < at) witness.insert(witness.begin(), view.exit);
    return failed(reason::stdin_grant_misplaced, quoted(given.client(i)) + ": " + why, std::move(witness));
  }
  return found_nothing(looked);
}

}  // namespace nailbiter::check
