#include "harness/probe/op_questions.hpp"

#include <algorithm>
#include <functional>

#include <fmt/core.h>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/expected_output.hpp"

namespace nailbiter::probe {
namespace {

constexpr std::int32_t refused_code = 64;  // how a puppet says that it does not know an op
constexpr std::size_t shown_bytes_max = 24;

struct op_row {
  std::string_view name;
  std::vector<std::string> script;
  std::vector<std::string_view> ops{};
};

// Each script shows that the op was done, or that the run came to where it stands still.
const std::vector<op_row>& rows() {
  static const std::vector<op_row> table{
      {"out", {"out x\\n"}},
      {"err", {"err x\\n"}},
      {"stream", {"stream 1 200", "stream 2 100"}},
      {"flood", {"flood"}, {"pause-reading", "until blocked", "close"}},
      {"cat", {"cat"}},
      {"read", {"read 2", "cat"}},
      {"close", {"close 1", "out x"}},
      {"env", {"env MARK"}},
      {"envall", {"envall"}},
      {"args", {"args"}},
      {"cwd", {"cwd"}},
      {"setenv", {"setenv MARK other", "env MARK"}},
      {"chdir", {"chdir /", "cwd"}},
      {"umask", {"umask 027", "umask"}},
      {"locale", {"locale C", "locale"}},
      {"loglevel", {"loglevel debug", "out x"}},
      {"counter", {"counter c", "counter c"}},
      {"option", {"option o"}},
      {"memo", {"memo k"}},
      {"wait", {"wait t", "out x"}, {"until at t", "go t"}},
      {"barrier", {"barrier all", "out x"}},
      {"deaf", {"deaf t", "out x"}, {"until at t", "go t"}},
      {"hang", {"out x", "hang"}, {"until started", "until stdout 1"}},
      {"exit", {"exit 3"}},
  };
  return table;
}

const op_row& row_of(std::string_view name) { return *std::ranges::find(rows(), name, &op_row::name); }

bool ends_by_itself(const op_row& row) { return row.name != "hang" && row.name != "flood"; }

std::string ending_of(const answer& given) {
  if (given.exit_code == refused_code) return fmt::format("refused: X {}", refused_code);
  if (given.exit_code) return fmt::format("X {}", *given.exit_code);
  if (given.exit_payload) return "X without a number";
  return given.closed_by_daemon ? "closed without X" : "no answer";
}

std::string shown(std::string_view bytes) {
  return fmt::format("\"{}\"{}", plan::escaped(bytes.substr(0, shown_bytes_max)), bytes.size() > shown_bytes_max ? "..." : "");
}

/// Empty: the run did what its script says.
std::string fault_of(const answer& given, const plan::expected_output& owed) {
  const auto wrong_bytes = [](const char* stream, const std::string& came, const std::string& wanted) {
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(came, wanted).in1 - came.begin());
    return fmt::format("wrong bytes on {} from byte {} on: {} came, {} was owed", stream, at, shown(std::string_view(came).substr(at)),
                       shown(std::string_view(wanted).substr(at)));
  };
  if (!given.exit_code || (given.exit_code == refused_code && owed.exit_code != refused_code)) return ending_of(given);
  if (given.out != owed.out.text) return wrong_bytes("stdout", given.out, owed.out.text);
  if (given.err != owed.err.text) return wrong_bytes("stderr", given.err, owed.err.text);
  if (given.exit_code != owed.exit_code) return fmt::format("{} where X {} was owed", ending_of(given), owed.exit_code.value_or(0));
  return {};
}

/// Of the first session that did not do as it was told.
std::string first_fault(const history::history& seen) {
  for (std::uint32_t actor = 0; actor < seen.what.clients.size(); ++actor) {
    auto fault = fault_of(answer_of(seen, actor), plan::expected_of(seen.what.clients[actor]));
    if (!fault.empty()) return fault;
  }
  return {};
}

}  // namespace

std::span<const std::string_view> askable_ops() noexcept {
  static const auto names = [] {
    std::vector<std::string_view> all;
    for (const op_row& row : rows()) all.push_back(row.name);
    return all;
  }();
  return names;
}

plan::plan ask_op(std::string_view name, const means& with) {
  const op_row& row = row_of(name);
  plan::client who = scripted(with, row.script, row.ops);
  who.environment = {"MARK=given", "NAILBITER_OPTION_o=given"};
  if (name == "cat" || name == "read") {
    who.stdin_from = plan::stdin_source::text;
    who.stdin_text = "typed";
  }
  return plan_of(name, {who});
}

std::string what_is_wrong_with(std::string_view name, const history::history& seen) {
  if (ends_by_itself(row_of(name))) return first_fault(seen);
  const answer given = answer_of(seen);
  if (given.exit_payload) return ending_of(given) + " where its run was to stand still";
  const bool all_done = !given.op_done.empty() && std::ranges::all_of(given.op_done, std::identity());
  if (all_done) return {};
  return given.closed_by_daemon ? ending_of(given) : "no sign that its run came to where it stands still";
}

bool does_as_told(const history::history& seen) { return first_fault(seen).empty(); }

}  // namespace nailbiter::probe
