#pragma once

// A campaign with one case of every kind, for the tests of the writers.

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

inline case_record sample_case(std::string id, check::outcome result, standing against_known = standing::ordinary) {
  case_record one{.id = std::move(id), .summary = {}};
  one.summary.result = result;
  one.against_known = against_known;
  one.duration_ns = 2'000'000;
  if (result == check::outcome::pass) return one;
  one.summary.checker = "framing";
  one.summary.why = check::reason::chunk_after_exit;
  one.summary.detail = "a <\"2\"> chunk & \x01 followed X";
  one.witness = "first event\nsecond event\n";
  if (result == check::outcome::fail) one.replay = "nailbiter replay out/r/" + one.id;
  return one;
}

inline campaign sample_campaign() {
  campaign all{.target = "daemon <1>", .cases = {}};
  all.duration_ns = 1'500'000'000;
  all.cases.push_back(sample_case("exit/plain[transport=unix]", check::outcome::pass));
  all.cases.push_back(sample_case("exit/late[transport=tcp]", check::outcome::fail));
  all.cases.push_back(sample_case("order/pairs", check::outcome::unknown));
  all.cases.push_back(sample_case("order/tty", check::outcome::not_exercised));
  all.cases.push_back(sample_case("order/known", check::outcome::fail, standing::known));
  all.cases.push_back(sample_case("order/fixed", check::outcome::pass, standing::unexpected_pass));
  return all;
}

}  // namespace nailbiter::report
