#include <string>
#include <string_view>

#include "harness/check/families.hpp"
#include "harness/plan/c_escape.hpp"

namespace nailbiter::check {
namespace {

std::string in_quotes(std::string_view bytes) { return '"' + plan::escaped(bytes) + '"'; }

/// A chunk may be long, and its first bytes right: only these bytes say what went wrong.
std::string difference_of(const stream_comparison& stream) {
  const std::string came = ": " + in_quotes(stream.came) + " came";
  if (!stream.owed) return came;
  return came + ", " + (stream.owed->empty() ? "nothing more" : in_quotes(*stream.owed)) + " was owed";
}

}  // namespace

verdict judge_order(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    for (std::size_t fd = 0; fd < 2; ++fd) {
      const stream_comparison& stream = given.streams[i][fd];
      looked |= stream.received_bytes > 0 && given.intended.clients[i].streams[fd].constrained;
      if (!stream.differs() || stream.fault == reason::output_lost) continue;
      const auto detail = quoted(given.client(i)) + (fd == 0 ? ": stdout" : ": stderr") + " differs from byte " +
                          std::to_string(stream.matched_bytes) + " on" + difference_of(stream) + "; " +
                          std::to_string(stream.received_bytes) + " bytes came in all";
      return failed(stream.fault, detail, {stream.differs_at});
    }
  }
  return found_nothing(looked);
}

}  // namespace nailbiter::check
