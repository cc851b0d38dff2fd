#include "harness/report/html_report.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "harness/diagram/svg.hpp"
#include "harness/plan/markup_escape.hpp"
#include "harness/report/alike.hpp"
#include "harness/report/html_head.hpp"
#include "harness/report/html_style.hpp"

namespace nailbiter::report {
namespace {

using plan::markup_escaped;

constexpr std::size_t evidence_max = 100;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
  return text;
}

class page {
 public:
  page(const std::vector<campaign>& all, const evidence_source& kept) : all_(all), kept_(kept) {}

  std::string written() {
    const auto groups = matrix();
    std::string heads;
    for (const auto& one : all_) heads += fmt::format("<th scope=\"col\">{}</th>", markup_escaped(one.target));
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>nailbiter report</title>\n<style>{}{}</style>\n</head>\n<body>\n"
        "<main class=\"overview\" id=\"overview\">\n{}{}<div class=\"wide\"><table class=\"matrix\"><thead><tr>"
        "<th scope=\"col\">case</th>{}</tr></thead>\n{}</table></div>\n{}</main>\n{}<script>{}</script>\n</body>\n</html>\n",
        diagram::svg_style(), html_style(), html_head(all_), filter(), heads, groups, html_families(all_), sections_, html_script());
  }

 private:
  /// A report of one campaign opens without what was not exercised, several open on what differs between them.
  std::string filter() const {
    std::string boxes;
    const bool hides = all_.size() == 1 && words_.size() > 1;
    for (const auto word : standing_words) {
      if (!words_.contains(word)) continue;
      const bool hidden = hides && word == standing_words[std::size(standing_words) - 1];
      boxes += fmt::format("<label><input type=\"checkbox\" name=\"verdict\" value=\"{0}\"{1}> {0}</label>\n", word, hidden ? "" : " checked");
    }
    if (all_.size() > 1) boxes += "<label><input type=\"checkbox\" name=\"unchanged\"> unchanged</label>\n";
    return "<form id=\"filter\" role=\"search\" hidden>\n" + boxes +
           "<input type=\"search\" id=\"text\" aria-label=\"Words in the case or the reason\" placeholder=\"words in the case or the reason\">\n"
           "<output id=\"shown\"></output>\n</form>\n";
  }

  /// A body a word, the most urgent first; a row a case, or for all that are alike.
  std::string matrix() {
    std::string out;
    const auto groups = rows_by_urgency(all_);
    for (const auto word : standing_words) {
      std::string rows;
      std::size_t cases = 0;
      for (const auto& group : groups) {
        if (group.word != word) continue;
        rows += row(group.rows);
        cases += group.rows.size();
      }
      if (cases == 0) continue;
      out += fmt::format("<tbody>\n<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{0}\"><span class=\"{1}\">{1}</span> {2}</th></tr>\n{3}</tbody>\n",
                         all_.size() + 1, word, cases, rows);
    }
    return out;
  }

  std::string row(const std::vector<table_row>& alike) {
    const auto& first = alike.front();
    std::set<std::string_view> words;
    std::string text;
    for (const auto& each : alike) text += each.id + " ";
    std::string tail;
    for (std::size_t column = 0; column < first.cells.size(); ++column) {
      if (first.cells[column].worst == nullptr) {
        tail += "<td class=\"absent\">absent</td>";
        continue;
      }
      const auto& worst = *first.cells[column].worst;
      words.insert(word_of(worst));
      if (worst.summary.result != check::outcome::pass) text += fmt::format("{} {} {} ", worst.summary.checker, check::describe(worst.summary.why), worst.title);
      tail += cell(column, alike);
    }
    words_.insert(words.begin(), words.end());
    return fmt::format("<tr class=\"case\" data-verdicts=\"{}\" data-cases=\"{}\"{} data-text=\"{}\"><th scope=\"row\">{}</th>{}</tr>\n",
                       fmt::join(words, " "), alike.size(), first.differs ? " data-differs" : "", markup_escaped(lower(text)), names(alike), tail);
  }

  static std::string names(const std::vector<table_row>& alike) {
    const auto& first = alike.front();
    std::string title;
    for (const auto& each : first.cells) {
      if (title.empty() && each.worst != nullptr && !each.worst->title.empty()) title = fmt::format("<span class=\"title\">{}</span>", markup_escaped(each.worst->title));
    }
    if (alike.size() == 1) return markup_escaped(first.id) + title;
    std::string ids;
    for (const auto& each : alike) ids += fmt::format("<li>{}</li>", markup_escaped(each.id));
    return fmt::format("<details><summary>{} cases alike, the first: {}</summary><ul>{}</ul></details>{}", alike.size(), markup_escaped(first.id), ids, title);
  }

  std::string cell(std::size_t column, const std::vector<table_row>& alike) {
    const auto& what = alike.front().cells[column];
    const auto& worst = *what.worst;
    const auto word = word_of(worst);
    const auto rate = what.runs == 1 || what.failing == 0 ? std::string() : fmt::format(" {} of {}", what.failing, what.runs);
    if (!is_explained(worst)) {
      const auto why = worst.summary.result == check::outcome::not_exercised ? worst.summary.detail : std::string();
      return fmt::format("<td class=\"{}\" title=\"{}\">{}</td>", word, markup_escaped(why), word);
    }
    const auto anchor = fmt::format("case-{}", ++section_count_);
    const bool whole = section_count_ <= evidence_max;
    std::vector<const case_record*> others;
    for (std::size_t i = 1; i < alike.size(); ++i) others.push_back(alike[i].cells[column].worst);
    sections_ += html_case(anchor, all_[column].target, worst, others, whole ? kept_(column, worst) : case_evidence{});
    return fmt::format("<td class=\"{}\"><a href=\"#{}\">{}{}: {}</a></td>", word, anchor, word, rate, check::describe(worst.summary.why));
  }

  const std::vector<campaign>& all_;
  const evidence_source& kept_;
  std::set<std::string_view> words_;     // verdicts that occur
  std::string sections_;
  std::size_t section_count_ = 0;
};

}  // namespace

std::string html_report(const std::vector<campaign>& all, const evidence_source& kept) { return page(all, kept).written(); }

}  // namespace nailbiter::report
