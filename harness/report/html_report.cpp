#include "harness/report/html_report.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "harness/diagram/svg.hpp"
#include "harness/plan/markup_escape.hpp"
#include "harness/report/case_table.hpp"
#include "harness/report/html_style.hpp"

namespace nailbiter::report {
namespace {

using plan::markup_escaped;

constexpr std::size_t evidence_max = 100;
constexpr std::string_view verdict_words[] = {"fail", "unknown", "unexpected", "known", "pass", "not-exercised"};

/// What a cell says; the class of its colour too.
std::string_view word_of(const case_record& one) noexcept {
  if (one.against_known == standing::unexpected_pass) return "unexpected";
  if (one.against_known == standing::known) return "known";
  return name_of(one.summary.result);
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
  return text;
}

class page {
 public:
  page(const std::vector<campaign>& all, const evidence_source& kept) : all_(all), kept_(kept), table_(case_table(all)) {}

  std::string written() {
    const auto rows = matrix();
    std::string heads;
    for (const auto& one : all_) heads += fmt::format("<th scope=\"col\">{}</th>", markup_escaped(one.target));
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>nailbiter report</title>\n<style>{}{}</style>\n</head>\n<body>\n"
        "<main class=\"overview\" id=\"overview\">\n<h1>nailbiter report</h1>\n{}{}<div class=\"wide\"><table class=\"matrix\"><thead><tr>"
        "<th scope=\"col\">case</th>{}</tr></thead>\n{}</table></div>\n</main>\n{}<script>{}</script>\n</body>\n</html>\n",
        diagram::svg_style(), html_style(), totals(), filter(), heads, rows, sections_, html_script());
  }

 private:
  std::string totals() const {
    std::string rows;
    for (const auto& one : all_) {
      const auto sum = tally(one);
      rows += fmt::format("<tr><th scope=\"row\">{}{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{:.1f} s</td></tr>\n",
                          markup_escaped(one.target), one.interrupted ? " (interrupted)" : "", sum.cases, sum.pass, sum.fail, sum.known, sum.unknown,
                          sum.not_exercised, static_cast<double>(one.duration_ns) / 1e9);
    }
    return "<div class=\"wide\"><table class=\"totals\"><thead><tr><th>target</th><th>cases</th><th>pass</th><th>fail</th><th>known</th><th>unknown</th>"
           "<th>not exercised</th><th>time</th></tr></thead>\n<tbody>" + rows + "</tbody></table></div>\n";
  }

  std::string filter() const {
    std::string boxes;
    for (const auto word : verdict_words) {
      if (words_.contains(word)) boxes += fmt::format("<label><input type=\"checkbox\" name=\"verdict\" value=\"{0}\" checked> {0}</label>\n", word);
    }
    return "<form id=\"filter\" role=\"search\" hidden>\n" + boxes +
           "<input type=\"search\" id=\"text\" aria-label=\"Words in the case or the reason\" placeholder=\"words in the case or the reason\">\n"
           "<output id=\"shown\"></output>\n</form>\n";
  }

  std::string matrix() {
    std::string out;
    std::string family;
    for (const auto& [id, cells] : table_) {
      if (family != family_of(id) || out.empty()) {
        if (!out.empty()) out += "</tbody>\n";
        family = family_of(id);
        out += "<tbody>\n" + family_row(family);
      }
      out += row(id, cells);
    }
    return out.empty() ? out : out + "</tbody>\n";
  }

  std::string family_row(const std::string& family) const {
    std::string out = fmt::format("<tr class=\"family\"><th scope=\"rowgroup\">{}</th>", markup_escaped(family));
    for (std::size_t column = 0; column < all_.size(); ++column) {
      std::map<std::string_view, std::size_t> sum;
      for (const auto& [id, cells] : table_) {
        if (family_of(id) == family && cells[column].worst != nullptr) ++sum[word_of(*cells[column].worst)];
      }
      std::string counts;
      for (const auto word : verdict_words) {
        if (sum.contains(word)) counts += fmt::format("{}<span class=\"{}\">{} {}</span>", counts.empty() ? "" : ", ", word, sum[word], word);
      }
      out += "<td>" + counts + "</td>";
    }
    return out + "</tr>\n";
  }

  std::string row(const std::string& id, const std::vector<table_cell>& cells) {
    std::set<std::string_view> words;
    std::string text = id;
    std::string tail;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column].worst == nullptr) {
        tail += "<td class=\"absent\">absent</td>";
        continue;
      }
      const auto& worst = *cells[column].worst;
      words.insert(word_of(worst));
      if (worst.summary.result != check::outcome::pass) text += fmt::format(" {} {}", worst.summary.checker, check::describe(worst.summary.why));
      tail += cell(column, cells[column]);
    }
    words_.insert(words.begin(), words.end());
    return fmt::format("<tr class=\"case\" data-verdicts=\"{}\" data-text=\"{}\"><th scope=\"row\">{}</th>{}</tr>\n", fmt::join(words, " "),
                       markup_escaped(lower(text)), markup_escaped(rest_of(id)), tail);
  }

  std::string cell(std::size_t column, const table_cell& what) {
    const auto& worst = *what.worst;
    const auto word = word_of(worst);
    const auto rate = what.runs == 1 || what.failing == 0 ? std::string() : fmt::format(" {} of {}", what.failing, what.runs);
    const bool explained = worst.summary.result == check::outcome::fail || worst.summary.result == check::outcome::unknown;
    if (!explained) {
      const auto why = worst.summary.result == check::outcome::not_exercised ? worst.summary.detail : std::string();
      return fmt::format("<td class=\"{}\" title=\"{}\">{}</td>", word, markup_escaped(why), word);
    }
    const auto anchor = fmt::format("case-{}", ++section_count_);
    const bool whole = section_count_ <= evidence_max;
    sections_ += html_case(anchor, all_[column].target, worst, whole ? kept_(column, worst) : case_evidence{});
    return fmt::format("<td class=\"{}\"><a href=\"#{}\">{}{}: {}</a></td>", word, anchor, word, rate, check::describe(worst.summary.why));
  }

  const std::vector<campaign>& all_;
  const evidence_source& kept_;
  std::map<std::string, std::vector<table_cell>> table_;
  std::set<std::string_view> words_;     // verdicts that occur
  std::string sections_;
  std::size_t section_count_ = 0;
};

}  // namespace

std::string html_report(const std::vector<campaign>& all, const evidence_source& kept) { return page(all, kept).written(); }

}  // namespace nailbiter::report
