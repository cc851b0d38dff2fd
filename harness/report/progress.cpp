#include "harness/report/progress.hpp"

#include <fmt/core.h>

namespace nailbiter::report {
namespace {

constexpr std::size_t id_bytes_max = 60;
constexpr const char* wipe = "\r\x1b[K";

}  // namespace

std::string progress::line(std::string_view case_id) const {
  return fmt::format("[{}/{}] {} failing  {}", done_, total_, failing_, case_id.substr(0, id_bytes_max));
}

void progress::advance(std::string_view case_id, bool failed) {
  ++done_;
  if (failed) ++failing_;
  if (by_ == watched::no) return;
  std::fputs((wipe + line(case_id)).c_str(), stream_);
  std::fflush(stream_);
  drawn_ = true;
}

void progress::clear() {
  if (!drawn_) return;
  std::fputs(wipe, stream_);
  std::fflush(stream_);
  drawn_ = false;
}

}  // namespace nailbiter::report
