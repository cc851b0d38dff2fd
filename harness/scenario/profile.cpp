#include "harness/scenario/profile.hpp"

#include <algorithm>
#include <array>

#include "harness/scenario/dialect_reader.hpp"
#include "harness/scenario/table_reader.hpp"

namespace nailbiter::scenario {
namespace {

using read_result = tl::expected<profile, std::vector<load_error>>;
using words = std::string_view;

constexpr std::array<words, 13> profile_keys{"name",   "command", "address",  "ready",  "needs",   "install", "takes_options",
                                             "drains", "dialect", "observed", "puppet", "program", "scale"};
constexpr std::array<words, 2> address_keys{"tcp", "unix"};
constexpr std::array<words, 4> puppet_keys{"argv", "blocking_argv", "build", "ops"};
constexpr std::array<words, 1> program_keys{"argv"};
constexpr std::array<words, 1> scale_keys{"time"};

profile_puppet read_puppet(const table& from, std::uint32_t line, fault_list& faults) {
  const table_reader in(from, puppet_keys, faults);
  profile_puppet to{.argv = in.texts("argv"), .blocking_argv = in.texts("blocking_argv"), .build = in.texts("build"), .ops = in.texts("ops")};
  if (to.argv.empty()) faults.add(line, "a puppet needs its 'argv'");
  return to;
}

void read_observed(const table& from, profile& to, fault_list& faults) {
  std::vector<words> names{"impossible_op"};
  for (const dialect_axis& axis : dialect_axes()) names.push_back(axis.name);
  const table_reader in(from, names, faults);
  for (const auto name : names) {
    if (auto text = in.text(name)) to.observed.emplace(name, std::move(*text));
  }
}

void read_address(const table& from, profile& to, fault_list& faults) {
  const table_reader in(from, address_keys, faults);
  to.unix_address = in.text("unix");
  to.tcp_address = in.text("tcp");
  if (to.unix_address && to.unix_address->find("{path}") == std::string::npos)
    faults.add(in.line("unix"), "'unix' must hold {path}");
  if (to.tcp_address && to.tcp_address->find("{port}") == std::string::npos)
    faults.add(in.line("tcp"), "'tcp' must hold {port}");
}

read_result read_fields(const document& from) {
  fault_list faults(from.file);
  const table_reader in(from.root, profile_keys, faults);
  profile to{.name = in.required_text("name", 1), .command = in.texts("command")};
  to.ready = in.text("ready").value_or(to.ready);
  to.needs = in.texts("needs");
  to.install = in.text("install").value_or("");
  to.takes_options = in.truth("takes_options").value_or(false);
  to.drains = in.truth("drains").value_or(false);
  if (const table* address = in.sub_table("address")) read_address(*address, to, faults);
  if (const table* axes = in.sub_table("dialect")) read_dialect(*axes, to.speaks, faults);
  if (const table* seen = in.sub_table("observed")) read_observed(*seen, to, faults);
  if (const table* puppet = in.sub_table("puppet")) to.puppet = read_puppet(*puppet, in.line("puppet"), faults);
  if (const table* program = in.sub_table("program"))
    to.program_argv = table_reader(*program, program_keys, faults).texts("argv");
  if (const table* scale = in.sub_table("scale"))
    to.time_scale = table_reader(*scale, scale_keys, faults).number("time").value_or(1.0);
  if (!to.unix_address && !to.tcp_address) faults.add(in.line("address"), "an address for unix or tcp is needed");
  if (!(to.time_scale > 0)) faults.add(in.line("scale"), "'time' must be more than 0");
  if (!faults.empty()) return tl::unexpected(faults.take());
  return to;
}

}  // namespace

read_result parse_profile(std::string_view text, const std::string& file) {
  const auto parsed = parse_document(text, file);
  if (!parsed) return tl::unexpected(std::vector{parsed.error()});
  return read_fields(*parsed);
}

read_result read_profile(const std::string& file) {
  const auto parsed = read_document(file);
  if (!parsed) return tl::unexpected(std::vector{parsed.error()});
  return read_fields(*parsed);
}

std::vector<std::string> lacking(const profile& target, const std::vector<std::string>& capabilities) {
  std::vector<std::string> missing;
  for (const std::string& one : capabilities) {
    constexpr words puppet_prefix = "puppet.";
    bool has = false;
    if (one == "puppet.blocking") {
      has = target.puppet && !target.puppet->blocking_argv.empty();
    } else if (one.starts_with(puppet_prefix)) {
      has = target.puppet &&
            std::ranges::find(target.puppet->ops, words(one).substr(puppet_prefix.size())) != target.puppet->ops.end();
    } else if (one == "program") {
      has = !target.program_argv.empty();
    } else if (one == "options") {
      has = target.takes_options;
    }
    if (!has) missing.push_back(one);
  }
  return missing;
}

}  // namespace nailbiter::scenario
