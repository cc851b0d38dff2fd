#include "harness/command/evidence.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <ctime>

#include <fmt/core.h>
#include <unistd.h>

#include "harness/diagram/mermaid.hpp"
#include "harness/diagram/svg.hpp"
#include "harness/diagram/trace_events.hpp"
#include "harness/history/history_text.hpp"
#include "harness/plan/plan_json.hpp"
#include "harness/report/json_report.hpp"
#include "harness/report/redact.hpp"

namespace nailbiter::command {
namespace {

/// By strftime's letters.
std::string now_as(const char* form) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 64> text;
  return std::string(text.data(), std::strftime(text.data(), text.size(), form, &utc));
}

}  // namespace

tl::expected<std::filesystem::path, std::string> evidence::folder() {
  if (!run_) {
    auto made = report::run_folder::create(out_, name_);
    if (!made) return tl::unexpected(made.error());
    run_ = std::move(*made);
  }
  return run_->path();
}

tl::expected<std::filesystem::path, std::string> evidence::folder_of(const std::string& case_id) {
  const auto run = folder();
  if (!run) return run;
  return run_->case_folder(case_id);
}

std::string evidence::without_secrets(std::string text) const {
  return report::secrets(plan::plan{}, environment_).struck_out(std::move(text));
}

tl::expected<void, std::string> evidence::keep(const target::case_result& result, const report::case_record& record,
                                               const std::string& schedule) {
  if (const auto run = folder(); !run) return tl::unexpected(run.error());
  const report::secrets secrets(result.observed.what, environment_);
  auto shown = result.observed;
  shown.what = report::redacted(std::move(shown.what));
  for (auto& event : shown.events) event.text = secrets.struck_out(std::move(event.text));
  auto shown_record = record;
  shown_record.summary.detail = secrets.struck_out(std::move(shown_record.summary.detail));
  shown_record.witness = secrets.struck_out(std::move(shown_record.witness));
  const auto& summary = shown_record.summary;
  const auto drawn = diagram::space_time_of(shown, summary.witness);
  const auto title = record.title.empty() ? std::string() : record.title + ". ";
  const auto sentence = fmt::format("{}{}: {}: {}", title, summary.checker, check::describe(summary.why), summary.detail);
  std::vector<report::folder_file> files{{"verdict.json", report::verdict_json(shown_record)},
                                         {"plan.json", plan::to_json(shown.what)},
                                         {"history.txt", history::to_text(shown)},
                                         {"wire.log", secrets.struck_out(result.wire_log)},
                                         {"daemon.log", secrets.struck_out(result.daemon_log)},
                                         {"diagram.html", diagram::to_html(drawn, sentence)},
                                         {"diagram.mmd", diagram::to_mermaid(drawn)},
                                         {"trace.json", diagram::to_trace_events(drawn)}};
  if (!schedule.empty()) files.push_back({"schedule.bin", schedule});
  const auto written = run_->write_case(result.observed.what.case_id, files);
  if (!written) return tl::unexpected(written.error());
  return {};
}

std::string run_name() { return fmt::format("{}-{}", now_as("%Y%m%dT%H%M%SZ"), ::getpid()); }

std::string utc_now() { return now_as("%Y-%m-%d %H:%M:%S UTC"); }

std::vector<std::string> process_environment() {
  std::vector<std::string> entries;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) entries.emplace_back(*entry);
  return entries;
}

std::string shell_word(const std::string& word) {
  const auto plain = [](char byte) { return std::isalnum(static_cast<unsigned char>(byte)) != 0 || std::string_view("._/=,:+@%-").find(byte) != std::string_view::npos; };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string quoted = "'";
  for (const char byte : word) quoted += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  return quoted + "'";
}

}  // namespace nailbiter::command
