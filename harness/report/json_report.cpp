#include "harness/report/json_report.hpp"

#include <nlohmann/json.hpp>

#include "harness/report/case_table.hpp"

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
  if (!one.title.empty()) value["title"] = one.title;
  value["checker"] = one.summary.checker;
  value["reason"] = check::describe(one.summary.why);
  value["detail"] = one.summary.detail;
  if (one.summary.result == check::outcome::not_exercised) return value;
  if (!one.upstream.empty()) value["upstream"] = one.upstream;
  value["requires"] = one.requires_ids;
  if (!one.evidence.empty()) value["evidence"] = one.evidence;
  value["witness"] = lines_of(one.witness);
  value["replay"] = one.replay;
  if (one.leak) value["leak"] = true;
  return value;
}

template <class Value, class Name>
bool find_named(Value first, Value last, const std::string& wanted, Name name, Value& found) {
  for (auto number = static_cast<int>(first); number <= static_cast<int>(last); ++number) {
    found = static_cast<Value>(number);
    if (name(found) == wanted) return true;
  }
  return false;
}

std::string joined(const json& lines) {
  std::string text;
  for (const auto& line : lines) text += line.get<std::string>() + "\n";
  return text;
}

/// Throws json::exception for what report_json() does not write.
bool read_case(const json& value, case_record& one) {
  one.id = value.at("id");
  one.duration_ns = value.at("duration_ms").get<std::uint64_t>() * 1'000'000;
  const auto name = [](auto what) { return std::string_view(name_of(what)); };
  if (!find_named(check::outcome::pass, check::outcome::not_exercised, value.at("verdict"), name, one.summary.result)) return false;
  const auto text = [](auto what) { return std::string_view(describe(what)); };
  if (!find_named(standing::ordinary, standing::fails_too_often, value.value("known", ""), text, one.against_known)) return false;
  if (one.summary.result == check::outcome::pass) return true;
  one.title = value.value("title", "");
  one.summary.checker = value.at("checker");
  one.summary.detail = value.at("detail");
  one.upstream = value.value("upstream", std::vector<std::string>());
  one.requires_ids = value.value("requires", std::vector<std::string>());
  one.evidence = value.value("evidence", "");
  one.witness = joined(value.value("witness", json::array()));
  one.replay = value.value("replay", "");
  one.leak = value.value("leak", false);
  return find_named(check::reason::none, check::reason::deadline, value.at("reason"), text, one.summary.why);
}

}  // namespace

std::string report_json(const campaign& all) {
  const auto sum = tally(all);
  json value{{"version", 1},
             {"target", all.target},
             {"seed", all.seed},
             {"begun", all.begun},
             {"command", all.command_line},
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
  if (!all.stopped.empty()) value["stopped"] = all.stopped;
  if (const auto& musts = all.musts; musts.all() != 0) {
    value["musts"] = {{"all", musts.all()}, {"exercised", musts.exercised.size()}, {"percent", musts.percent()},
                      {"exercised-ids", musts.exercised}, {"not-exercised-ids", musts.not_exercised}};
  }
  auto& rates = value["rates"] = json::array();  // of what was repeated and failed at least once
  for (const auto& [id, seen] : failure_rates(all)) {
    const auto [low, high] = wilson(seen);
    rates.push_back({{"id", id}, {"failures", seen.failures}, {"runs", seen.runs}, {"low", low}, {"high", high}});
  }
  auto& cases = value["cases"] = json::array();
  for (const auto& one : all.cases) cases.push_back(value_of(one));
  return written(value);
}

std::optional<campaign> parse_report(const std::string& text) {
  try {
    const auto value = json::parse(text);
    campaign all{.target = value.at("target"), .seed = value.at("seed")};
    all.begun = value.value("begun", "");
    all.command_line = value.value("command", "");
    all.interrupted = value.at("interrupted");
    all.stopped = value.value("stopped", "");
    all.duration_ns = value.at("duration_ms").get<std::uint64_t>() * 1'000'000;
    if (const auto musts = value.find("musts"); musts != value.end()) {
      all.musts = {.exercised = musts->at("exercised-ids"), .not_exercised = musts->at("not-exercised-ids")};
    }
    for (const auto& from : value.at("cases")) {
      if (!read_case(from, all.cases.emplace_back())) return std::nullopt;
    }
    return all;
  } catch (const json::exception&) {
    return std::nullopt;
  }
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
