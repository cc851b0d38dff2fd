#include "harness/globals/examination.hpp"

#include <map>
#include <set>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace nailbiter::globals {
namespace {

constexpr std::uint32_t runs_before = 2;     // what is made at the first use is made
constexpr int looks_max = 50;
constexpr std::size_t places_told_max = 8;

/// What a run has set going may still end after its client has gone: until two looks see the same.
tl::expected<snapshot, std::string> look_at_rest(const experiment& how) {
  auto last = how.look();
  for (int look = 1; last && look < looks_max; ++look) {
    auto next = how.look();
    if (!next) return next;
    const bool rests = next->blocks == last->blocks;
    last = std::move(next);
    if (rests) break;
  }
  return last;
}

std::vector<finding> findings_of(const snapshot& before, const snapshot& after, const noise& usual, const std::string& value) {
  std::map<std::string, finding> found;
  for (auto& one : differences(before, after)) {
    if (!usual.knows(one)) found[one.variable].changed.push_back(std::move(one));
  }
  for (auto& place : holders_of(after, value)) {
    if (!usual.touches(place)) found[variable_of(place)].holds_value.push_back(std::move(place));
  }
  std::vector<finding> all;
  for (auto& [name, one] : found) {
    one.variable = name;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

tl::expected<examination, std::string> examine(const experiment& how) {
  for (std::uint32_t i = 0; i < runs_before; ++i) {
    const auto ran = how.run(how.usual_value);
    if (!ran) return tl::unexpected(ran.error());
  }
  noise usual;
  std::set<std::string> noisy;
  auto before = look_at_rest(how);
  for (std::uint32_t i = 0; before && i < how.alike; ++i) {
    const auto ran = how.run(how.usual_value);
    if (!ran) return tl::unexpected(ran.error());
    auto after = look_at_rest(how);
    if (!after) return tl::unexpected(after.error());
    for (const auto& one : differences(*before, *after)) noisy.insert(one.variable);
    usual.learn(*before, *after);
    before = std::move(after);
  }
  if (!before) return tl::unexpected(before.error());
  const auto ran = how.run(how.other_value);
  if (!ran) return tl::unexpected(ran.error());
  const auto after = look_at_rest(how);
  if (!after) return tl::unexpected(after.error());
  return examination{.findings = findings_of(*before, *after, usual, how.other_value),
                     .noise = usual.size(),
                     .noisy_variables = {noisy.begin(), noisy.end()},
                     .blocks = after->blocks.size(),
                     .bytes = after->bytes,
                     .is_whole = after->is_whole};
}

std::string text_of(const examination& seen) {
  std::string out = fmt::format("{} blocks, {} bytes can be reached from the program's variables{}\n", seen.blocks, seen.bytes,
                                seen.is_whole ? "" : "; the rest was too much and was not looked at");
  if (seen.noise != 0) {
    out += fmt::format("{} places change with every run; they are left out. They belong to:\n", seen.noise);
    for (const auto& name : seen.noisy_variables) out += fmt::format("  {}\n", name);
  }
  for (const auto& one : seen.findings) {
    out += fmt::format("\n{}\n", one.variable);
    for (const auto& place : one.holds_value) out += fmt::format("  holds the run's value at {}\n", place);
    for (std::size_t i = 0; i < one.changed.size() && i < places_told_max; ++i) {
      const auto& change = one.changed[i];
      out += fmt::format("  {}: {} -> {}\n", change.place, change.before, change.after);
    }
    if (one.changed.size() > places_told_max) out += fmt::format("  and {} more places\n", one.changed.size() - places_told_max);
  }
  return out + fmt::format("\n{}\n", seen.findings.empty() ? "no variable keeps anything of a run, as far as this looks"
                                                           : fmt::format("{} variables keep something of a run", seen.findings.size()));
}

std::string json_of(const examination& seen) {
  using json = nlohmann::ordered_json;
  json value{{"blocks", seen.blocks}, {"bytes", seen.bytes}, {"whole", seen.is_whole}, {"noise", seen.noise},
             {"noisy", seen.noisy_variables}, {"findings", json::array()}};
  for (const auto& one : seen.findings) {
    json changed = json::array();
    for (const auto& change : one.changed) changed.push_back({{"place", change.place}, {"before", change.before}, {"after", change.after}});
    value["findings"].push_back({{"variable", one.variable}, {"holds_value", one.holds_value}, {"changed", changed}});
  }
  return value.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace nailbiter::globals
