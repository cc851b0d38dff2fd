#include "fuzz/session_pair.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace fuzz {
namespace {

using namespace naild::session;

bool same(const request& left, const request& right) {
  return left.command == right.command && left.arguments == right.arguments && left.environment == right.environment &&
         left.working_dir == right.working_dir;
}

std::string text_of(state now, bool was_cancelled, std::span<const action> actions) {
  std::string text = name_of(now);
  if (was_cancelled) text += ", cancelled";
  for (const action& asked : actions) text += "; " + to_string(asked);
  return text;
}

}  // namespace

std::optional<std::string> session_pair::tell(event what) {
  const state before = machine_.now();
  const event told = what;
  const std::vector<action> expected = model_.expect(what);
  actions_ = machine_.on_event(std::move(what));
  const bool is_complete = !expected.empty() && expected.front().kind == action_kind::request_admission;
  const bool is_alike = std::ranges::equal(actions_, expected) && machine_.now() == model_.now() &&
                        machine_.was_cancelled() == model_.was_cancelled() &&
                        (!is_complete || same(machine_.asked(), model_.asked()));
  if (is_alike) return std::nullopt;
  return to_string(told) + " in " + name_of(before) + ": expected " + text_of(model_.now(), model_.was_cancelled(), expected) +
         "; found " + text_of(machine_.now(), machine_.was_cancelled(), actions_);
}

}  // namespace fuzz
