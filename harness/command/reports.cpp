#include "harness/command/reports.hpp"

#include <utility>
#include <vector>

#include "harness/report/atomic_file.hpp"
#include "harness/report/html_report.hpp"
#include "harness/report/json_report.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/kept_evidence.hpp"
#include "harness/report/markdown.hpp"
#include "harness/report/tap.hpp"

namespace nailbiter::command {

tl::expected<void, std::string> write_reports(const report::campaign& all, const report_files& files,
                                              const std::filesystem::path& run_folder) {
  using writer = std::string (*)(const report::campaign&);
  std::vector<std::pair<std::filesystem::path, writer>> owed{
      {files.junit, report::junit_xml}, {files.json, report::report_json}, {files.tap, report::tap}, {files.markdown, report::markdown}};
  if (!run_folder.empty()) {
    owed.emplace_back(run_folder / "report.json", report::report_json);
    owed.emplace_back(run_folder / "junit.xml", report::junit_xml);
  }
  for (const auto& [path, write] : owed) {
    if (path.empty()) continue;
    const auto written = report::write_atomically(path, write(all));
    if (!written) return written;
  }
  if (!files.html.empty()) {
    const auto kept = [&](std::size_t, const report::case_record& one) { return report::kept_evidence(run_folder, one); };
    return report::write_atomically(files.html, report::html_report({all}, kept));
  }
  return {};
}

tl::expected<void, std::string> can_write_reports(const report_files& files) {
  for (const auto* each : {&files.junit, &files.json, &files.tap, &files.markdown, &files.html}) {
    if (each->empty()) continue;
    if (auto can = report::can_write(*each); !can) return can;
  }
  return {};
}

}  // namespace nailbiter::command
