#include "harness/plan/expected_output.hpp"

#include <algorithm>

#include "harness/plan/script_model.hpp"

namespace nailbiter::plan {
namespace {

bool gets_orders(const client& who) {
  return std::ranges::any_of(who.ops, [](const op& step) { return step.kind == op_kind::order; });
}

}  // namespace

expected_output expected_of(const client& who) {
  expected_output result;
  if (who.script.empty()) {
    result.out.open = true;
    result.err.open = true;
    return result;
  }
  script_model model(who);
  for (const std::string& step : who.script) {
    if (!model.run(step)) break;
  }
  result = model.take();
  if (gets_orders(who)) {
    result.out.open = true;
    result.err.open = true;
  }
  return result;
}

std::optional<std::uint64_t> first_difference(std::string_view received, const produced& stream) {
  const std::string_view certain = std::string_view(stream.text).substr(0, received.size());
  const auto differs = std::mismatch(certain.begin(), certain.end(), received.begin());
  const auto matched = static_cast<std::uint64_t>(differs.first - certain.begin());
  if (matched < certain.size()) return matched;
  if (matched == received.size()) return std::nullopt;
  if (stream.open) return std::nullopt;
  if (!stream.endless) return matched;
  const std::string_view rest = received.substr(matched);
  const std::uint64_t more = matching_stream_bytes(rest, *stream.endless, stream.endless_offset);
  if (more == rest.size()) return std::nullopt;
  return matched + more;
}

bool is_whole(std::string_view received, const produced& stream) {
  if (stream.endless || first_difference(received, stream)) return false;
  return received.size() >= stream.text.size();
}

std::string stdin_bytes(const client& who, std::uint64_t count) {
  switch (who.stdin_from) {
    case stdin_source::none:
    case stdin_source::empty:
      return {};
    case stdin_source::text:
      return who.stdin_text.substr(0, count);
    case stdin_source::flood:
      return stream_bytes({.run = who.name, .fd = 0}, count);
  }
  return {};
}

}  // namespace nailbiter::plan
