// Who may include whom. The table is the architecture; a new edge is a decision, made here and in ARCHITECTURE.md.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/structure/source_tree_support.hpp"

namespace structure {
namespace {

using allowed_folders = std::map<std::string, std::set<std::string>>;

const allowed_folders& rules() {
  static const std::set<std::string> plan_side{"harness/wire", "harness/plan", "harness/history", "harness/check", "harness/scenario", "reference/base"};
  static const std::set<std::string> ports{"reference/base", "reference/task", "reference/port"};
  static const auto with = [](std::set<std::string> base, const std::set<std::string>& more) {
    base.insert(more.begin(), more.end());
    return base;
  };
  static const allowed_folders table{
      {"reference/base", {}},
      {"reference/wire", {"reference/base"}},
      {"reference/session", {"reference/base", "reference/wire"}},
      {"reference/task", {"reference/base"}},
      {"reference/port", {"reference/base", "reference/task"}},
      {"reference/stdio", with(ports, {"reference/wire"})},
      {"reference/puppet", ports},
      {"reference/nail", with(ports, {"reference/stdio", "reference/puppet"})},
      {"reference/engine", ports},
      {"reference/lifecycle", ports},
      {"reference/daemon", with(ports, {"reference/wire", "reference/session", "reference/stdio", "reference/nail", "reference/engine"})},
      {"reference/client", with(ports, {"reference/wire", "reference/lifecycle"})},
      {"reference/io", ports},
      {"harness/wire", plan_side},
      {"harness/plan", plan_side},
      {"harness/history", plan_side},
      {"harness/check", plan_side},
      {"harness/scenario", plan_side},
      {"harness/diagram", {"harness/plan", "harness/history"}},
      {"harness/probe", plan_side},
      {"harness/power", with(plan_side, {"harness/report"})},
      {"harness/globals", {"reference/base"}},
      {"harness/explore", with(ports, {"harness/plan"})},
      {"harness/sim", with(ports, {"harness/explore"})},
      {"harness/actor", with(ports, plan_side)},
      {"harness/report", with(plan_side, {"harness/target", "harness/diagram"})},
  };
  return table;
}

/// The folder an include crosses into that the table forbids; empty when it is allowed.
std::string forbidden_edge(const std::string& from, const std::string& include) {
  if (!include.starts_with("reference/") && !include.starts_with("harness/") && !include.starts_with("tests/")) return {};
  const std::string to = folder_of(include);
  if (to == from) return {};
  if (from.starts_with("reference") && !to.starts_with("reference")) return to;
  const auto rule = rules().find(from);
  if (rule == rules().end()) return {};  // target, bench, command and the programs assemble everything
  return rule->second.contains(to) ? std::string{} : to;
}

TEST(IncludeRules, every_include_follows_the_table) {
  for (const source_file& file : sources_below({"reference", "harness"})) {
    for (const std::string& line : file.lines) {
      const std::string include = include_of(line);
      EXPECT_EQ(forbidden_edge(folder_of(file.path), include), "") << file.path << " includes " << include;
    }
  }
}

TEST(IncludeRules, a_pure_folder_may_not_reach_a_port) {
  EXPECT_EQ(forbidden_edge("reference/session", "reference/port/clock.hpp"), "reference/port");
  EXPECT_EQ(forbidden_edge("harness/check", "reference/wire/chunk.hpp"), "reference/wire");
  EXPECT_EQ(forbidden_edge("reference", "harness/plan/plan.hpp"), "harness/plan");
  EXPECT_EQ(forbidden_edge("reference/daemon", "reference/nail/nail.hpp"), "");
}

TEST(IncludeRules, asio_is_named_in_io_only) {
  for (const source_file& file : sources_below({"reference", "harness", "fuzz"})) {
    if (file.path.starts_with("reference/io/")) continue;
    for (const std::string& line : file.lines) EXPECT_EQ(include_of(line).find("boost/asio"), std::string::npos) << file.path;
  }
}

TEST(IncludeRules, a_header_that_stands_beside_its_source_is_included_first) {
  for (const source_file& file : sources_below({"reference", "harness"})) {
    if (!file.path.ends_with(".cpp")) continue;
    const std::string own = file.path.substr(0, file.path.size() - 4) + ".hpp";
    bool has_own = false;
    std::string first;
    for (const std::string& line : file.lines) {
      const std::string include = include_of(line);
      if (first.empty()) first = include;
      has_own = has_own || include == own;
    }
    EXPECT_TRUE(!has_own || first == own) << file.path << " includes " << first << " first";
  }
}

TEST(IncludeRules, headers_are_included_once_by_pragma) {
  for (const source_file& file : sources_below({"reference", "harness", "tests"})) {
    if (!file.path.ends_with(".hpp")) continue;
    ASSERT_FALSE(file.lines.empty()) << file.path;
    EXPECT_EQ(file.lines.front(), "#pragma once") << file.path;
  }
}

}  // namespace
}  // namespace structure
