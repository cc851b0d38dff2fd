#include "harness/report/campaign.hpp"

#include <algorithm>

#include "harness/check/render_witness.hpp"
#include "harness/report/redact.hpp"
#include "harness/report/text.hpp"

namespace nailbiter::report {

namespace {

constexpr std::size_t log_lines_max = 5;

/// Where a daemon ends or falls silent, what it has printed may say why.
bool is_told_by_log(check::reason why) noexcept {
  return why == check::reason::exit_code_lost || why == check::reason::daemon_ended || why == check::reason::no_exit;
}

std::string last_lines(std::string_view log) {
  while (log.ends_with('\n')) log.remove_suffix(1);
  std::size_t begin = log.size();
  for (std::size_t lines = 0; begin > 0 && lines < log_lines_max; ++lines) {
    const auto line_feed = begin < 2 ? log.npos : log.rfind('\n', begin - 2);
    begin = line_feed == log.npos ? 0 : line_feed + 1;
  }
  if (log.empty()) return {};
  return "the daemon's log ends with:\n" + printable_lines(log.substr(begin)) + "\n";
}

}  // namespace

case_record record_of(const target::case_result& result) {
  case_record record{.id = result.observed.what.case_id, .summary = result.summary};
  record.duration_ns = result.duration_ns;
  record.replay = result.replay;
  record.leak = std::any_of(result.verdicts.begin(), result.verdicts.end(), [](const check::verdict& one) {
    return one.result == check::outcome::fail && check::is_leak(one.why);
  });
  if (result.summary.result == check::outcome::pass) return record;
  record.requires_ids = result.observed.what.requires_ids;
  record.witness = check::render_witness(result.observed, result.summary);
  if (is_told_by_log(result.summary.why)) record.witness += last_lines(secrets(result.observed.what, {}).struck_out(result.daemon_log));
  return record;
}

counts tally(const std::vector<case_record>& cases) {
  counts sum;
  sum.cases = cases.size();
  for (const auto& one : cases) {
    switch (one.summary.result) {
      case check::outcome::pass: ++sum.pass; break;
      case check::outcome::fail: ++(one.against_known == standing::known ? sum.known : sum.fail); break;
      case check::outcome::unknown: ++sum.unknown; break;
      case check::outcome::not_exercised: ++sum.not_exercised; break;
    }
    if (one.against_known == standing::unexpected_pass) ++sum.unexpected_pass;
  }
  return sum;
}

const char* describe(standing what) noexcept {
  switch (what) {
    case standing::ordinary: return "";
    case standing::known: return "known failure";
    case standing::unexpected_pass: return "passes although it is listed as a known failure";
    case standing::fails_differently: return "fails differently from its known failure";
    case standing::fails_too_often: return "fails more often than its known failure";
  }
  return "";
}

const char* name_of(check::outcome result) noexcept {
  switch (result) {
    case check::outcome::pass: return "pass";
    case check::outcome::fail: return "fail";
    case check::outcome::unknown: return "unknown";
    case check::outcome::not_exercised: return "not-exercised";
  }
  return "unknown";
}

std::string_view family_of(std::string_view id) noexcept {
  const auto slash = id.find('/');
  return slash == id.npos ? std::string_view("general") : id.substr(0, slash);
}

std::string_view rest_of(std::string_view id) noexcept {
  const auto slash = id.find('/');
  return slash == id.npos ? id : id.substr(slash + 1);
}

}  // namespace nailbiter::report
