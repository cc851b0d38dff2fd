#include "harness/report/json_report.hpp"

#include <nlohmann/json.hpp>

namespace nailbiter::report {
namespace {

using json = nlohmann::ordered_json;

constexpr int indent = 1;

std::string written(const json& value) { return value.dump(indent, ' ', false, json::error_handler_t::replace) + "\n"; }

json lines_of(const std::string& text) {
  json lines = json::array();
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

json value_of(const case_record& one) {
  json value{{"id", one.id}, {"verdict", name_of(one.summary.result)}, {"duration_ms", one.duration_ns / 1'000'000}};
  if (one.against_known != standing::ordinary) value["known"] = describe(one.against_known);
  if (one.summary.result == check::outcome::pass) return value;
  value["checker"] = one.summary.checker;
  value["reason"] = check::describe(one.summary.why);
  value["detail"] = one.summary.detail;
  if (one.summary.result == check::outcome::not_exercised) return value;
  value["witness"] = lines_of(one.witness);
  value["replay"] = one.replay;
  return value;
}

}  // namespace

std::string report_json(const campaign& all) {
  const auto sum = tally(all);
  json value{{"version", 1},
             {"target", all.target},
             {"seed", all.seed},
             {"interrupted", all.interrupted},
             {"duration_ms", all.duration_ns / 1'000'000},
             {"counts",
              {{"cases", sum.cases},
               {"pass", sum.pass},
               {"fail", sum.fail},
               {"unknown", sum.unknown},
               {"not-exercised", sum.not_exercised},
               {"known", sum.known},
               {"unexpected-pass", sum.unexpected_pass}}}};
  auto& cases = value["cases"] = json::array();
  for (const auto& one : all.cases) cases.push_back(value_of(one));
  return written(value);
}

std::string verdict_json(const case_record& one) { return written(value_of(one)); }

stored_verdict stored(const case_record& one) {
  stored_verdict value{.id = one.id, .verdict = name_of(one.summary.result)};
  if (one.summary.result == check::outcome::pass) return value;
  value.checker = one.summary.checker;
  value.reason = check::describe(one.summary.why);
  return value;
}

std::optional<stored_verdict> parse_verdict(const std::string& text) {
  const auto value = json::parse(text, nullptr, false);
  if (!value.is_object()) return std::nullopt;
  const auto text_of = [&value](const char* key) {
    const auto found = value.find(key);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  stored_verdict read{.id = text_of("id"), .verdict = text_of("verdict"), .checker = text_of("checker"), .reason = text_of("reason")};
  if (read.id.empty() || read.verdict.empty()) return std::nullopt;
  return read;
}

}  // namespace nailbiter::report
