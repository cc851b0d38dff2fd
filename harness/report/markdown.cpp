#include "harness/report/markdown.hpp"

#include <fmt/format.h>

#include "harness/report/family_table.hpp"
#include "harness/report/text.hpp"

namespace nailbiter::report {
namespace {

std::string row(std::string_view name, const counts& sum) {
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", name, sum.cases, sum.pass, sum.fail, sum.known, sum.unknown,
                     sum.not_exercised);
}

/// '|' would end a cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char byte : printable(text, 200)) {
    if (byte == '|') out += '\\';
    out += byte;
  }
  return out;
}

}  // namespace

std::string markdown(const campaign& all) {
  std::string out = fmt::format("# Conformance of {}\n\n", cell(all.target));
  out += "| family | cases | pass | fail | known | unknown | not exercised |\n|---|---|---|---|---|---|---|\n";
  for (const auto& [family, sum] : by_family(all)) out += row(family, sum);
  out += row("**all**", tally(all));
  if (all.musts.all() != 0) {
    out += fmt::format("\n{}{}{}\n", coverage_line(all.musts), all.musts.not_exercised.empty() ? "" : "; not exercised: ",
                       fmt::join(all.musts.not_exercised, ", "));
  }
  std::string failures;
  for (const auto& one : all.cases) {
    if (!needs_explaining(one)) continue;
    failures += fmt::format("| `{}` | {} | {} | {} | {} |\n", one.id, name_of(one.summary.result), cell(one.summary.checker),
                            check::describe(one.summary.why), cell(one.summary.detail));
  }
  if (!failures.empty()) out += "\n| case | verdict | checker | reason | detail |\n|---|---|---|---|---|\n" + failures;
  return out;
}

}  // namespace nailbiter::report
