#include "harness/report/tap.hpp"

#include <fmt/core.h>

#include "harness/report/text.hpp"

namespace nailbiter::report {
namespace {

std::string directive_of(const case_record& one) {
  if (one.summary.result == check::outcome::not_exercised) return " # SKIP " + printable(one.summary.detail, 200);
  if (one.against_known == standing::known) return " # TODO known failure";
  return "";
}

bool is_ok(const case_record& one) noexcept {
  if (one.against_known == standing::unexpected_pass) return false;
  return one.summary.result == check::outcome::pass || one.summary.result == check::outcome::not_exercised;
}

}  // namespace

std::string tap(const campaign& all) {
  std::string out = fmt::format("TAP version 13\n1..{}\n", all.cases.size());
  std::size_t number = 0;
  for (const auto& one : all.cases) {
    out += fmt::format("{} {} - {}{}\n", is_ok(one) ? "ok" : "not ok", ++number, one.id, directive_of(one));
    if (is_ok(one)) continue;
    if (one.against_known != standing::ordinary) out += fmt::format("# {}\n", describe(one.against_known));
    if (one.summary.result == check::outcome::pass) continue;
    out += fmt::format("# {}: {}: {}\n", one.summary.checker, check::describe(one.summary.why), printable(one.summary.detail, 400));
    if (!one.replay.empty()) out += fmt::format("# replay: {}\n", one.replay);
  }
  return out;
}

}  // namespace nailbiter::report
