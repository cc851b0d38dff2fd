#include <algorithm>
#include <filesystem>

#include "harness/command/commands.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/report/comparison.hpp"
#include "harness/report/html_report.hpp"
#include "harness/report/json_report.hpp"
#include "harness/report/kept_evidence.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text, exit_code code) {
  to.err << "nailbiter compare: " << text << '\n';
  return code;
}

}  // namespace

exit_code execute(const compare_options& how, terminal to) {
  std::vector<report::campaign> all;
  for (const auto& path : how.reports) {
    const auto text = report::content_of(path);
    if (!text) return complain(to, text.error(), exit_code::usage);
    auto read = report::parse_report(*text);
    if (!read) return complain(to, path + " is no report.json", exit_code::usage);
    if (read->interrupted) to.err << "nailbiter compare: " << path << " is of an interrupted run: cases are missing\n";
    all.push_back(std::move(*read));
  }
  bool worse = false;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const auto changes = report::compare(all[0], all[i]);
    worse = worse || std::ranges::any_of(changes, &report::change::worse);
    if (all.size() > 2 && !how.json) to.out << how.reports[i] << ":\n";
    to.out << (how.json ? report::comparison_json(changes) : report::comparison_text(changes));
  }
  if (!how.html.empty()) {
    // Failures' folders stand beside the report.json of their run.
    const auto kept = [&](std::size_t column, const report::case_record& one) {
      return report::kept_evidence(std::filesystem::path(how.reports[column]).parent_path(), one);
    };
    const auto written = report::write_atomically(how.html, report::html_report(all, kept));
    if (!written) return complain(to, written.error(), exit_code::harness_fault);
  }
  return worse ? exit_code::nonconformant : exit_code::holds;
}

}  // namespace nailbiter::command
