#include "harness/report/junit.hpp"

#include <fmt/core.h>

#include "harness/plan/markup_escape.hpp"

namespace nailbiter::report {
namespace {

double seconds(std::uint64_t duration_ns) noexcept { return static_cast<double>(duration_ns) / 1e9; }

std::string explanation(const case_record& one) {
  std::string text = one.summary.detail;
  if (one.against_known != standing::ordinary) text += fmt::format("\n{}", describe(one.against_known));
  if (!one.witness.empty()) text += fmt::format("\nwitness:\n{}", one.witness);
  if (!one.replay.empty()) text += fmt::format("\nreplay: {}", one.replay);
  return text;
}

std::string element(const char* name, const case_record& one, const std::string& message) {
  return fmt::format("      <{} message=\"{}\" type=\"{}\">{}</{}>\n", name, plan::markup_escaped(message),
                     plan::markup_escaped(one.summary.checker), plan::markup_escaped(explanation(one)), name);
}

std::string outcome_of(const case_record& one) {
  const std::string message = fmt::format("{}: {}", one.summary.checker, check::describe(one.summary.why));
  switch (one.summary.result) {
    case check::outcome::fail:
      if (one.against_known == standing::known) {
        return fmt::format("      <skipped message=\"known failure: {}\"/>\n", plan::markup_escaped(message));
      }
      return element("failure", one, message);
    case check::outcome::unknown: return element("error", one, message);
    case check::outcome::not_exercised:
      return fmt::format("      <skipped message=\"{}\"/>\n", plan::markup_escaped(one.summary.detail));
    case check::outcome::pass:
      return one.against_known == standing::unexpected_pass ? element("failure", one, describe(one.against_known)) : "";
  }
  return "";
}

}  // namespace

std::string junit_xml(const campaign& all) {
  const auto sum = tally(all);
  const auto failures = sum.fail + sum.unexpected_pass;
  const auto skipped = sum.not_exercised + sum.known;
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  const auto figures = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"", sum.cases,
                                   failures, sum.unknown, skipped, seconds(all.duration_ns));
  xml += fmt::format("<testsuites name=\"nailbiter\" {}>\n", figures);
  xml += fmt::format("  <testsuite name=\"{}\" {}>\n", plan::markup_escaped(all.target), figures);
  for (const auto& one : all.cases) {
    xml += fmt::format("    <testcase classname=\"nailbiter.{}\" name=\"{}\" time=\"{:.3f}\"", plan::markup_escaped(family_of(one.id)),
                       plan::markup_escaped(rest_of(one.id)), seconds(one.duration_ns));
    const auto inner = outcome_of(one);
    xml += inner.empty() ? "/>\n" : fmt::format(">\n{}    </testcase>\n", inner);
  }
  xml += "  </testsuite>\n</testsuites>\n";
  return xml;
}

}  // namespace nailbiter::report
