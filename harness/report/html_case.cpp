#include "harness/report/html_case.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "harness/diagram/svg.hpp"
#include "harness/plan/markup_escape.hpp"
#include "harness/scenario/requirements.hpp"

namespace nailbiter::report {
namespace {

using plan::markup_escaped;

constexpr std::size_t columns_max = 8;
constexpr std::size_t log_bytes_max = 64u << 10;
constexpr diagram::limits shown_max{.merge_above = 120, .items_max = 300};

std::string requirements_of(const plan::plan& what) {
  std::string rows;
  for (const auto& id : what.requires_ids) {
    const auto* known = scenario::find_requirement(id);
    rows += fmt::format("<li><strong>{}</strong> {}</li>\n", markup_escaped(id), known == nullptr ? "" : markup_escaped(known->text));
  }
  return rows.empty() ? rows : "<h3>Requirements</h3>\n<ul class=\"requirements\">\n" + rows + "</ul>\n";
}

std::string verdicts_of(const std::vector<check::verdict>& verdicts) {
  std::string rows;
  for (const auto& one : verdicts) {
    rows += fmt::format("<tr><th scope=\"row\">{0}</th><td class=\"{1}\">{1}</td><td>{2}</td><td class=\"text\">{3}</td></tr>\n",
                        markup_escaped(one.checker), name_of(one.result), one.why == check::reason::none ? "" : check::describe(one.why),
                        markup_escaped(one.detail));
  }
  return "<h3>Verdicts on the history below</h3>\n<div class=\"wide\"><table class=\"verdicts\"><thead><tr><th>checker</th><th>verdict</th>"
         "<th>reason</th><th>detail</th></tr></thead>\n<tbody>" + rows + "</tbody></table></div>\n";
}

/// Sessions with a column of their own: all if they are few, else those of the witness.
std::vector<std::uint32_t> columns_of(const diagram::space_time& drawn) {
  std::vector<std::uint32_t> columns;
  for (std::uint32_t session = 0; session < drawn.sessions.size(); ++session) {
    const bool proves = std::ranges::any_of(drawn.items, [&](const auto& one) {
      return one.witness && one.what != diagram::shape::world && one.session == session;
    });
    if ((drawn.sessions.size() <= columns_max || proves) && columns.size() < columns_max) columns.push_back(session);
  }
  return columns;
}

std::string history_of(const diagram::space_time& drawn) {
  const auto columns = columns_of(drawn);
  std::string out = "<h3>History, a column a session</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"history\"><table class=\"history\">"
                    "<thead><tr><th>event</th><th>ms</th>";
  for (const auto session : columns) out += fmt::format("<th>{}</th>", markup_escaped(drawn.sessions[session]));
  out += "<th>(others)</th></tr></thead>\n<tbody>\n";
  for (const auto& one : drawn.items) {
    const bool world = one.what == diagram::shape::world;
    const auto at = world ? columns.end() : std::ranges::find(columns, one.session);
    auto label = markup_escaped(one.count == 1 ? one.label : fmt::format("{}x {}", one.count, one.label));
    const char* arrow = one.what == diagram::shape::sent ? "&rarr; " : one.what == diagram::shape::received ? "&larr; " : "";
    if (at == columns.end() && !world) label = markup_escaped(drawn.sessions[one.session]) + ": " + label;
    out += fmt::format("<tr{}><td>{}</td><td>{:.3f}</td>", one.witness ? " class=\"witness\"" : "", one.event, static_cast<double>(one.time_ns) / 1e6);
    for (std::size_t column = 0; column <= columns.size(); ++column) {
      const bool here = column == static_cast<std::size_t>(at - columns.begin());
      out += here ? fmt::format("<td>{}{}</td>", arrow, label) : "<td></td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string log_of(const std::string& text) {
  if (text.empty()) return {};
  const auto rest = text.size() > log_bytes_max ? fmt::format("\n({} bytes more in the folder)", text.size() - log_bytes_max) : std::string();
  return fmt::format("<details class=\"wire\" open><summary>Wire log</summary>\n<pre tabindex=\"0\">{}{}</pre></details>\n",
                     markup_escaped(std::string_view(text).substr(0, log_bytes_max)), rest);
}

std::string proof_of(const case_record& one) {
  std::string out;
  if (!one.replay.empty()) out += fmt::format("<h3>Replay</h3>\n<pre class=\"replay\">{}</pre>\n", markup_escaped(one.replay));
  if (!one.witness.empty()) out += fmt::format("<h3>Witness</h3>\n<pre tabindex=\"0\">{}</pre>\n", markup_escaped(one.witness));
  return out;
}

std::string others_of(const std::vector<const case_record*>& others) {
  std::string out;
  for (const auto* one : others) {
    out += fmt::format("<details class=\"alike\"><summary>{}</summary>\n<p>{}</p>\n{}</details>\n", markup_escaped(one->id),
                       markup_escaped(one->summary.detail), proof_of(*one));
  }
  return out.empty() ? out : fmt::format("<h3>{} cases more fail alike</h3>\n{}", others.size(), out);
}

}  // namespace

std::string html_case(const std::string& anchor, const std::string& target, const case_record& one,
                      const std::vector<const case_record*>& others, const case_evidence& kept) {
  std::string out = fmt::format("<article class=\"case\" id=\"{}\">\n<p><a href=\"#overview\">All cases</a></p>\n<h2>{}</h2>\n", anchor, markup_escaped(one.id));
  if (!one.title.empty()) out += fmt::format("<p class=\"title\">{}</p>\n", markup_escaped(one.title));
  out += fmt::format("<p><span class=\"{0}\">{0}</span> on {1}</p>\n", name_of(one.summary.result), markup_escaped(target));
  if (one.against_known != standing::ordinary) out += fmt::format("<p>{}</p>\n", describe(one.against_known));
  out += fmt::format("<p><strong>{}: {}</strong><br>{}</p>\n", markup_escaped(one.summary.checker), check::describe(one.summary.why),
                     markup_escaped(one.summary.detail));
  out += proof_of(one) + others_of(others);
  if (!kept.observed) return out + "<p>The history of this failure is not in this report; its folder is named by the replay line.</p>\n</article>\n";
  const auto verdicts = check::judge(*kept.observed);
  const auto drawn = diagram::space_time_of(*kept.observed, check::summary(verdicts).witness, shown_max);
  return out + requirements_of(kept.observed->what) + verdicts_of(verdicts) + "<h3>Space-time diagram</h3>\n" +
         diagram::to_figure(drawn, anchor + "-proof") + history_of(drawn) + log_of(kept.wire_log) + "</article>\n";
}

}  // namespace nailbiter::report
