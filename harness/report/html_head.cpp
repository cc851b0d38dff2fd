#include "harness/report/html_head.hpp"

#include <fmt/core.h>

#include "harness/plan/markup_escape.hpp"
#include "harness/report/console.hpp"
#include "harness/report/family_table.hpp"

namespace nailbiter::report {
namespace {

using plan::markup_escaped;

std::string families_of(const campaign& all) {
  std::string rows;
  for (const auto& [family, sum] : by_family(all)) {
    rows += fmt::format("<tr class=\"family\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        markup_escaped(family), sum.cases, sum.pass, sum.fail, sum.known, sum.unknown, sum.not_exercised);
  }
  return fmt::format("<div class=\"wide\"><table><caption>{}</caption><thead><tr><th>family</th><th>cases</th><th>pass</th><th>fail</th><th>known</th>"
                     "<th>unknown</th><th>not exercised</th></tr></thead>\n<tbody>{}</tbody></table></div>\n",
                     markup_escaped(all.target), rows);
}

}  // namespace

std::string html_head(const std::vector<campaign>& all) {
  std::string out = "<h1>nailbiter report</h1>\n";
  for (const auto& one : all) {
    out += fmt::format("<p class=\"summary\">{}</p>\n<p class=\"origin\">{}{}seed {}", markup_escaped(summary_line(one)), markup_escaped(one.begun),
                       one.begun.empty() ? "" : " &middot; ", one.seed);
    if (one.musts.all() != 0) out += fmt::format(" &middot; {}", coverage_line(one.musts));
    out += one.command_line.empty() ? "</p>\n" : fmt::format(" &middot; <code>{}</code></p>\n", markup_escaped(one.command_line));
  }
  return out;
}

std::string html_families(const std::vector<campaign>& all) {
  std::string out = "<details class=\"families\"><summary>By family</summary>\n";
  for (const auto& one : all) out += families_of(one);
  return out + "</details>\n";
}

}  // namespace nailbiter::report
