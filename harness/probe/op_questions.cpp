#include "harness/probe/op_questions.hpp"

#include <algorithm>
#include <functional>

#include "harness/plan/expected_output.hpp"

namespace nailbiter::probe {
namespace {

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

bool works(std::string_view name, const history::history& seen) {
  if (ends_by_itself(row_of(name))) return does_as_told(seen);
  const answer given = answer_of(seen);
  return std::ranges::all_of(given.op_done, std::identity()) && !given.op_done.empty() && !given.exit_payload;
}

bool does_as_told(const history::history& seen) {
  for (std::uint32_t actor = 0; actor < seen.what.clients.size(); ++actor) {
    const plan::expected_output owed = plan::expected_of(seen.what.clients[actor]);
    const answer given = answer_of(seen, actor);
    if (given.exit_code != owed.exit_code || given.out != owed.out.text || given.err != owed.err.text) return false;
  }
  return true;
}

}  // namespace nailbiter::probe
