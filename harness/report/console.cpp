#include "harness/report/console.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/family_table.hpp"
#include "harness/report/text.hpp"

namespace nailbiter::report {
namespace {

constexpr const char* red = "\x1b[31m";
constexpr const char* green = "\x1b[32m";
constexpr const char* yellow = "\x1b[33m";
constexpr std::size_t reasons_shown_max = 8;
constexpr std::size_t reason_bytes_max = 160;

std::string painted(std::string text, const char* with, colour paint) {
  return paint == colour::on ? fmt::format("{}{}\x1b[0m", with, text) : text;
}

const char* colour_of(check::outcome result) noexcept {
  if (result == check::outcome::fail) return red;
  return result == check::outcome::pass ? green : yellow;
}

std::string figure(std::size_t count, std::size_t width, const char* with, colour paint) {
  auto text = fmt::format("{:>{}}", count, width);
  return count == 0 ? text : painted(std::move(text), with, paint);
}

std::string row(std::string_view name, std::size_t name_width, const counts& sum, colour paint) {
  return fmt::format("{:<{}} {:>6} {} {} {} {} {}\n", name, name_width, sum.cases, figure(sum.pass, 6, green, paint),
                     figure(sum.fail, 6, red, paint), figure(sum.known, 6, yellow, paint), figure(sum.unknown, 8, yellow, paint),
                     figure(sum.not_exercised, 14, yellow, paint));
}

std::string table_of(const campaign& all, colour paint) {
  const auto families = by_family(all);
  std::size_t width = 6;
  for (const auto& [family, sum] : families) width = std::max(width, family.size());
  std::string out = fmt::format("{:<{}} {:>6} {:>6} {:>6} {:>6} {:>8} {:>14}\n", "family", width, "cases", "pass", "fail", "known",
                                "unknown", "not exercised");
  for (const auto& [family, sum] : families) out += row(family, width, sum, paint);
  return out;
}

/// Why cases were not exercised, the commonest reason first.
std::string reasons_of(const campaign& all) {
  std::map<std::string, std::size_t> counted;
  for (const auto& one : all.cases) {
    if (one.summary.result == check::outcome::not_exercised) ++counted[one.summary.detail.empty() ? "no reason given" : one.summary.detail];
  }
  if (counted.empty()) return {};
  std::vector<std::pair<std::string, std::size_t>> sorted(counted.begin(), counted.end());
  std::ranges::stable_sort(sorted, std::greater<>(), [](const auto& each) { return each.second; });
  std::string out = "\nnot exercised:\n";
  const std::size_t shown = std::min(sorted.size(), reasons_shown_max);
  for (std::size_t i = 0; i < shown; ++i) out += fmt::format("{:>6}  {}\n", sorted[i].second, printable(sorted[i].first, reason_bytes_max));
  if (sorted.size() > shown) out += fmt::format("        and {} more reasons: see report.json\n", sorted.size() - shown);
  return out;
}

/// Repetitions of a case that fail alike.
using failure_kind = std::tuple<std::string, check::outcome, std::string, check::reason, standing>;

failure_kind kind_of(const case_record& one) {
  return {one.id, one.summary.result, one.summary.checker, one.summary.why, one.against_known};
}

std::string indented(const std::string& lines) {
  std::string out;
  for (std::size_t begin = 0; begin < lines.size();) {
    const auto end = std::min(lines.find('\n', begin), lines.size());
    out += fmt::format("    {}\n", std::string_view(lines).substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace

std::string explained(const case_record& one, colour paint) {
  return explained(one, {}, paint);
}

std::string explained(const case_record& one, const rate& how_often, colour paint) {
  const auto result = one.summary.result;
  const char* word = result == check::outcome::fail ? "FAIL" : result == check::outcome::unknown ? "UNKNOWN" : "PASS";
  std::string out = fmt::format("{} {}\n", painted(word, colour_of(result), paint), one.id);
  if (one.against_known != standing::ordinary) out += fmt::format("  {}\n", describe(one.against_known));
  if (result == check::outcome::pass) return out;
  out += fmt::format("  {}: {}\n", one.summary.checker.empty() ? "harness" : one.summary.checker,
                     check::describe(one.summary.why));
  if (!one.summary.detail.empty()) out += fmt::format("  {}\n", printable_lines(one.summary.detail));
  if (!one.upstream.empty()) out += fmt::format("  upstream: {}\n", fmt::join(one.upstream, " "));
  if (how_often.runs > 1) out += fmt::format("  rate: {}\n", to_string(how_often));
  if (!one.witness.empty()) out += "  witness:\n" + indented(one.witness);
  if (!one.replay.empty()) out += fmt::format("  replay: {}\n", one.replay);
  return out;
}

std::string summary_line(const campaign& all) {
  const auto sum = tally(all);
  auto line = fmt::format("{}: {} cases: {} passed, {} failed, {} unknown, {} not exercised", all.target, sum.cases, sum.pass,
                          sum.fail, sum.unknown, sum.not_exercised);
  if (sum.known != 0) line += fmt::format(", {} failed as known", sum.known);
  if (sum.unexpected_pass != 0) line += fmt::format(", {} passed unexpectedly", sum.unexpected_pass);
  line += fmt::format(" in {:.1f} s", static_cast<double>(all.duration_ns) / 1e9);
  if (!all.stopped.empty()) line += " (stopped: no daemon)";
  if (all.interrupted) line += " (interrupted)";
  return line;
}

std::string console_report(const campaign& all, colour paint) {
  std::string out = table_of(all, paint);
  std::map<failure_kind, std::uint64_t> failures;
  std::map<std::string, std::uint64_t> runs;
  for (const auto& one : all.cases) {
    ++failures[kind_of(one)];
    ++runs[one.id];
  }
  for (const auto& one : all.cases) {
    if (!needs_explaining(one)) continue;
    const auto kind = failures.extract(kind_of(one));  // told once, by the first of its kind
    if (!kind.empty()) out += "\n" + explained(one, {kind.mapped(), runs[one.id]}, paint);
  }
  out += reasons_of(all) + "\n";
  if (all.musts.all() != 0) out += coverage_line(all.musts) + "\n";
  return out + summary_line(all) + "\n";
}

}  // namespace nailbiter::report
