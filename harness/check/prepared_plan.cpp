#include "harness/check/prepared_plan.hpp"

#include <algorithm>
#include <string_view>

namespace nailbiter::check {
namespace {

using plan::ending;

bool is_leaving(const plan::op& op) noexcept {
  switch (op.kind) {
    case plan::op_kind::half_close:
    case plan::op_kind::close:
    case plan::op_kind::reset:
    case plan::op_kind::kill:
    case plan::op_kind::stop:
      return true;
    default:
      return false;
  }
}

expected_stream stream_of(const std::optional<std::string>& stated, plan::produced derived, bool is_prefix) {
  expected_stream stream;
  stream.constrained = true;
  stream.may_be_cut = is_prefix;
  if (stated) {
    stream.bytes.text = *stated;
  } else {
    stream.bytes = std::move(derived);
  }
  return stream;
}

expected_client client_of(const plan::client& who) {
  const plan::expectation& expect = who.expect;
  plan::expected_output derived = plan::expected_of(who);
  const bool cut = expect.ends != ending::exits;
  expected_client client;
  client.streams[0] = stream_of(expect.stdout_text, std::move(derived.out), expect.stdout_is_prefix || cut);
  client.streams[1] = stream_of(expect.stderr_text, std::move(derived.err), expect.stderr_is_prefix || cut);
  // A daemon that refuses, cancels or warns says so on stderr, in its own words; where only the end is its own, what comes
  // before is still due.
  const bool has_own_words = cut || (expect.stderr_contains && !client.streams[1].bytes.open);
  if (!expect.stderr_text && has_own_words) client.streams[1].constrained = false;
  client.exit_code = expect.exit_code ? expect.exit_code : derived.exit_code;
  client.leaves = std::ranges::any_of(who.ops, is_leaving);
  return client;
}

void add_barriers(std::vector<barrier>& all, const plan::client& who, std::uint32_t index) {
  constexpr std::string_view word = "barrier ";
  for (const std::string& op : who.script) {
    if (!op.starts_with(word)) continue;
    const auto operand = std::string_view(op).substr(word.size());
    const auto name = operand.substr(0, operand.find_first_of("; "));
    auto found = std::ranges::find(all, name, &barrier::name);
    if (found == all.end()) found = all.insert(all.end(), barrier{std::string(name)});
    if (found->members.empty() || found->members.back() != index) found->members.push_back(index);
  }
}

}  // namespace

prepared_plan::prepared_plan(plan::plan intended) : what(std::move(intended)) {
  clients.reserve(what.clients.size());
  for (std::uint32_t i = 0; i < what.clients.size(); ++i) {
    clients.push_back(client_of(what.clients[i]));
    add_barriers(barriers, what.clients[i], i);
  }
  counts_resources = std::ranges::find(what.checks, "resources") != what.checks.end();
}

}  // namespace nailbiter::check
