#include "harness/command/failure.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "harness/plan/plan_json.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/report/redact.hpp"

namespace nailbiter::command {

using report::content_of;

namespace {

const plan::client* client_named(const plan::plan* what, const std::string& name) {
  if (what == nullptr) return nullptr;
  const auto found = std::find_if(what->clients.begin(), what->clients.end(), [&](const auto& one) { return one.name == name; });
  return found == what->clients.end() ? nullptr : &*found;
}

}  // namespace

tl::expected<failure, std::string> read_failure(const std::filesystem::path& folder) {
  failure read;
  const auto verdict = content_of(folder / "verdict.json");
  if (!verdict) return tl::unexpected(verdict.error());
  const auto parsed = report::parse_verdict(*verdict);
  if (!parsed) return tl::unexpected((folder / "verdict.json").string() + " holds no verdict");
  read.verdict = *parsed;
  const auto plan_text = content_of(folder / "plan.json");
  if (!plan_text) return tl::unexpected(plan_text.error());
  auto what = plan::from_json(*plan_text);
  if (!what) return tl::unexpected(fmt::format("{}: {}", (folder / "plan.json").string(), what.error()));
  read.what = std::move(*what);
  std::error_code ec;
  if (!std::filesystem::exists(folder / "schedule.bin", ec)) return read;
  auto schedule = content_of(folder / "schedule.bin");
  if (!schedule) return tl::unexpected(schedule.error());
  read.schedule = std::move(*schedule);
  return read;
}

tl::expected<plan::plan, std::string> trusted(plan::plan stored, const plan::plan* original) {
  for (const auto& client : stored.clients) {
    if (client.command.empty()) continue;
    const auto* same = client_named(original, client.name);
    if (same == nullptr || same->command != client.command) {
      return tl::unexpected(fmt::format("client '{}' names a command that no scenario of this program names", client.name));
    }
  }
  if (!stored.daemon_args.empty() && (original == nullptr || original->daemon_args != stored.daemon_args)) {
    return tl::unexpected(std::string("it names options of the daemon that no scenario of this program names"));
  }
  if (!report::restore(stored, original == nullptr ? plan::plan{} : *original)) {
    return tl::unexpected(std::string("values of its environments are redacted and no scenario of this program has them"));
  }
  return stored;
}

tl::expected<failure, std::string> open_failure(const std::filesystem::path& folder, const catalogue& all) {
  auto kept = read_failure(folder);
  if (!kept) return kept;
  const auto* one = all.find(kept->what.case_id);
  auto what = trusted(std::move(kept->what), one == nullptr ? nullptr : &one->what);
  if (!what) return tl::unexpected(fmt::format("will not run this plan: {}", what.error()));
  kept->what = std::move(*what);
  return kept;
}

}  // namespace nailbiter::command
