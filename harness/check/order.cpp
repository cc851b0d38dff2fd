#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {

verdict judge_order(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    for (std::size_t fd = 0; fd < 2; ++fd) {
      const stream_comparison& stream = given.streams[i][fd];
      looked |= stream.received_bytes > 0 && given.intended.clients[i].streams[fd].constrained;
      if (!stream.differs() || stream.fault == reason::output_lost) continue;
      const auto detail = quoted(given.client(i)) + (fd == 0 ? ": stdout" : ": stderr") + " differs from byte " +
                          std::to_string(stream.matched_bytes) + " on; " + std::to_string(stream.received_bytes) +
                          " bytes came";
      return failed(stream.fault, detail, {stream.differs_at});
    }
  }
  return found_nothing(looked);
}

}  // namespace nailbiter::check
