#include "harness/command/kept_decisions.hpp"

#include <fmt/core.h>

namespace nailbiter::command {
namespace {

constexpr std::uint64_t search_seeds = 3000;  // for folders of live failures, which have no schedule

}  // namespace

tl::expected<explore::decision_list, std::string> kept_decisions(const failure& kept, reproduction& again) {
  if (kept.schedule.empty()) {
    auto found = again.search(kept.what, {}, search_seeds);
    if (!found) return tl::unexpected(fmt::format("no schedule of {} fails in the same way in the simulator", search_seeds));
    return std::move(*found);
  }
  const auto schedule = explore::parse_schedule(kept.schedule);
  if (!schedule) return tl::unexpected(fmt::format("schedule.bin: {}", explore::describe(schedule.error())));
  auto found = again.follow(kept.what, *schedule);
  if (!found) return tl::unexpected(std::string("its schedule does not fail here in the same way (nailbiter replay says how it differs)"));
  return std::move(*found);
}

}  // namespace nailbiter::command
