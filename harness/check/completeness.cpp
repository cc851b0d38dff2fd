#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

/// Where the output is certainly over: at `X`, or at the end of a connection whose run has ended by itself.
event_index end_of_output(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  if (view.exit != absent) return view.exit;
  const bool was_cut = view.ended != absent && view.run_exit != absent && view.hellos == 1;
  return was_cut && given.is_owed_exit(index) && given.seen.daemon_ended == absent ? view.ended : absent;
}

verdict lost(const context& given, std::size_t index, std::size_t fd, event_index where) {
  const stream_comparison& stream = given.streams[index][fd];
  const auto detail = quoted(given.client(index)) + (fd == 0 ? ": stdout" : ": stderr") + " has " +
                      std::to_string(stream.received_bytes) + " of " +
                      std::to_string(given.intended.clients[index].streams[fd].bytes.certain_bytes()) + " bytes";
  std::vector<event_index> witness;
  if (stream.differs()) {
    witness = {stream.differs_at};
  } else if (stream.last != absent) {
    witness = {stream.last};
  }
  if (where != absent) witness.push_back(where);
  return failed(reason::output_lost, detail, std::move(witness));
}

}  // namespace

verdict judge_completeness(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = given.seen.clients[i];
    if (view.bad_bytes != absent) continue;
    const event_index end = end_of_output(given, i);
    for (std::size_t fd = 0; fd < 2; ++fd) {
      const expected_stream& expected = given.intended.clients[i].streams[fd];
      const stream_comparison& stream = given.streams[i][fd];
      if (!expected.constrained) continue;
      if (stream.differs() && stream.fault == reason::output_lost) return lost(given, i, fd, end);  // a hole
      if (end == absent) continue;
      looked = true;
      if (!stream.differs() && !expected.may_be_cut && !stream.is_whole(expected)) return lost(given, i, fd, end);
    }
  }
  return found_nothing(looked);
}

}  // namespace nailbiter::check
