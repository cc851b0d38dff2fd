#include "harness/command/campaign_loop.hpp"

#include <chrono>
#include <optional>

namespace nailbiter::command {
namespace {

/// Unknown verdicts leave a folder too: somebody has to look.
bool leaves_a_folder(const report::case_record& one) noexcept {
  return one.summary.result == check::outcome::fail || one.summary.result == check::outcome::unknown;
}

struct outcome_of_one {
  std::optional<report::case_record> record{};  // nullopt: nothing is known of it; without a fault Ctrl+C has cut it
  std::string fault{};                          // of the harness
  std::string stopped{};                        // why no other case will fare better
};

outcome_of_one not_exercised(const planned_case& one) {
  report::case_record record{.id = one.what.case_id, .summary = {}, .title = one.title};
  record.summary = {.result = check::outcome::not_exercised, .checker = "target", .detail = one.excluded};
  return {.record = std::move(record)};
}

outcome_of_one run_one(const planned_case& one, const plan::plan& what, const loop_settings& how, const run_plan& run, evidence& kept) {
  const auto result = run(what);
  if (!result) return {.fault = what.case_id + ": " + result.error()};
  if (result->summary.result != check::outcome::pass && how.interrupted && how.interrupted()) return {};
  outcome_of_one seen;
  auto& record = seen.record.emplace(report::record_of(*result));
  record.id = what.case_id;
  if (how.against_known) how.against_known(record);
  record.summary.detail = kept.without_secrets(std::move(record.summary.detail));
  if (result->no_daemon) seen.stopped = record.summary.detail;
  if (!leaves_a_folder(record)) return seen;
  record.title = one.title;
  record.upstream = one.upstream;
  record.witness = kept.without_secrets(std::move(record.witness));
  const auto folder = kept.folder_of(what.case_id);
  if (folder && how.replay_line) record.replay = how.replay_line(folder->string());
  const auto written = folder ? kept.keep(*result, record) : tl::unexpected(folder.error());
  if (!written) seen.fault = written.error();  // the verdict is told all the same
  return seen;
}

}  // namespace

loop_result run_campaign(const std::vector<planned_case>& cases, const loop_settings& how, const run_plan& run, evidence& kept) {
  const auto begun = std::chrono::steady_clock::now();
  loop_result result;
  result.all.target = how.target_name;
  result.all.seed = how.seed;
  const auto goes_on = [&] { return result.fault.empty() && result.all.stopped.empty() && !result.all.interrupted; };
  for (std::uint32_t repetition = 0; repetition < how.repeat && goes_on(); ++repetition) {
    for (const auto& one : cases) {
      result.all.interrupted = how.interrupted && how.interrupted();
      if (result.all.interrupted) break;
      auto seeded = one.what;
      seeded.seed = how.seed + repetition;
      auto seen = one.excluded.empty() ? run_one(one, seeded, how, run, kept) : not_exercised(one);
      result.fault = std::move(seen.fault);
      result.all.stopped = std::move(seen.stopped);
      result.all.interrupted = !seen.record && result.fault.empty();
      if (!seen.record) break;
      if (how.on_case) how.on_case(*seen.record);
      result.all.cases.push_back(std::move(*seen.record));
      if (!goes_on()) break;
    }
  }
  result.all.duration_ns = static_cast<std::uint64_t>((std::chrono::steady_clock::now() - begun) / std::chrono::nanoseconds(1));
  return result;
}

}  // namespace nailbiter::command
