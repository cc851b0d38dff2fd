#include "harness/probe/survey.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "harness/plan/expected_output.hpp"
#include "harness/probe/survey_text.hpp"
#include "harness/scenario/profile.hpp"

namespace nailbiter::probe {
namespace {

using history::event_kind;

/// A daemon that answers everything with this output and this code.
play always(std::string out, std::string code) {
  return [=](const plan::plan& what) -> tl::expected<history::history, std::string> {
    history::history seen{.what = what, .events = {}};
    for (std::uint32_t actor = 0; actor < what.clients.size(); ++actor) {
      if (!out.empty()) seen.events.push_back({.kind = event_kind::received_chunk, .actor = actor, .type = '1', .text = out});
      seen.events.push_back({.kind = event_kind::received_chunk, .actor = actor, .type = 'X', .text = code});
    }
    return seen;
  };
}

claims with_puppet() { return {.puppet_argv = {"puppet"}, .program_argv = {"exec"}, .puppet_program = "/bin/puppet"}; }

const finding* find(const survey& in, const std::string& what) {
  const auto found = std::ranges::find(in.findings, what, &finding::what);
  return found == in.findings.end() ? nullptr : &*found;
}

TEST(LieCheck, names_a_daemon_that_says_zero_to_everything) {
  const auto found = check_for_lies(means_of(with_puppet(), vehicle::puppet), "unix", always("", "0"));
  EXPECT_EQ(found.questions.size(), 4u);
  EXPECT_TRUE(std::ranges::all_of(found.questions, &lie::is_told));
  EXPECT_TRUE(found.is_liar());
  EXPECT_EQ(to_string(found.questions[1]), "a script with an op that does not exist: answered X 0, owed X 64");
}

TEST(LieCheck, asks_a_daemon_without_a_puppet_for_a_command_only) {
  const auto found = check_for_lies({}, "unix", always("", "0"));
  EXPECT_EQ(found.questions.size(), 1u);
  EXPECT_TRUE(found.is_liar());
}

TEST(LieCheck, does_not_call_a_refusal_a_lie) {
  const auto found = check_for_lies(means_of(with_puppet(), vehicle::puppet), "unix", always("", "64"));
  EXPECT_EQ(found.questions.size(), 4u);
  EXPECT_FALSE(found.is_liar());
  EXPECT_EQ(found.refused_op, "X 64");
}

/// As always(), but only for runs of `op`; the others do as their script says.
play failing_at(const std::string& op, const std::string& out, const std::string& code) {
  return [=](const plan::plan& what) -> tl::expected<history::history, std::string> {
    const auto& script = what.clients.front().script;
    if (!script.empty() && script.front().starts_with(op)) return always(out, code)(what);
    const auto owed = plan::expected_of(what.clients.front());
    return always(owed.out.text, std::to_string(owed.exit_code.value_or(0)))(what);
  };
}

TEST(Survey, names_each_op_that_does_not_work_and_says_why) {
  const auto told = [](const play& session) { return table_of(take_survey(with_puppet(), price::short_one, session)); };
  EXPECT_NE(told(failing_at("cwd", "", "64")).find("no: refused: X 64\n"), std::string::npos);
  EXPECT_NE(told(failing_at("args", "", "")).find("no: X without a number\n"), std::string::npos);
  const auto text = told(failing_at("env MARK", "gIven\n", "0"));
  EXPECT_NE(text.find("no: wrong bytes on stdout from byte 1 on: \"Iven\\n\" came, \"iven\\n\" was owed\n"), std::string::npos) << text;
  EXPECT_NE(text.find("puppet op env "), std::string::npos) << text;
  EXPECT_EQ(text.find("puppet op out "), std::string::npos) << "what works is only counted";
}

TEST(Survey, tells_a_claim_that_is_not_so_from_what_nobody_claimed) {
  claims said = with_puppet();
  EXPECT_EQ(find(take_survey(said, price::short_one, always("", "9")), "unknown_command")->how, standing::unclaimed);
  said.speaks = scenario::naild_dialect();
  const auto found = take_survey(said, price::short_one, always("", "9"));
  EXPECT_EQ(find(found, "unknown_command")->how, standing::differs);
  EXPECT_EQ(find(found, "unknown_command")->observed, "9");
  EXPECT_EQ(find(found, "header_timeout")->how, standing::untold);
  EXPECT_TRUE(found.differs());
}

TEST(Survey, says_why_a_daemon_cannot_be_reached) {
  const play nobody = [](const plan::plan&) -> tl::expected<history::history, std::string> { return tl::unexpected(std::string("it does not start")); };
  claims said = with_puppet();
  said.transports = {"unix"};
  const auto found = take_survey(said, price::short_one, nobody);
  EXPECT_EQ(found.unreachable, "unix: it does not start");
  EXPECT_TRUE(found.honesty.questions.empty());
}

TEST(Survey, asks_only_how_the_target_is_reached_and_says_why_that_failed) {
  std::vector<std::string> asked;
  const play nobody = [&](const plan::plan& what) -> tl::expected<history::history, std::string> {
    asked.push_back(what.transport);
    return tl::unexpected(std::string("no such socket"));
  };
  claims said;
  said.reached_by = {"unix"};
  EXPECT_EQ(take_survey(said, price::short_one, nobody).unreachable, "unix: no such socket");
  EXPECT_EQ(asked, std::vector<std::string>{"unix"});
}

TEST(Survey, holds_a_daemon_to_what_it_was_observed_to_do) {
  claims said = with_puppet();
  said.speaks = scenario::naild_dialect();
  said.observed = {{"unknown_command", "9"}};
  EXPECT_EQ(find(take_survey(said, price::short_one, always("", "9")), "unknown_command")->how, standing::agrees);
  EXPECT_EQ(find(take_survey(said, price::short_one, always("", "8")), "unknown_command")->how, standing::differs);
}

scenario::profile mine() {
  return {.name = "mine",
          .command = {"./d", "a \"b\"", "{address}"},
          .unix_address = "unix:{path}",
          .tcp_address = "tcp:{port}",
          .puppet = scenario::profile_puppet{.argv = {"exec", "{puppet}"}, .build = {"make", "{build}"}},
          .program_argv = {"exec"}};
}

TEST(SurveyText, suggests_a_profile_that_can_be_read) {
  survey found;
  found.transports = {"unix"};
  found.has_puppet = found.runs_programs = true;
  found.puppet_ops = {"out", "exit"};
  found.speaks = scenario::naild_dialect();
  found.speaks["half_close"] = "eof";
  const auto text = profile_text(mine(), found);
  const auto read = scenario::parse_profile(text, "mine.toml");
  ASSERT_TRUE(read) << text << to_string(read.error().front());
  EXPECT_EQ(read->command, mine().command);
  EXPECT_EQ(read->speaks, found.speaks);
  EXPECT_EQ(read->unix_address, "unix:{path}");
  EXPECT_FALSE(read->tcp_address);
  EXPECT_EQ(read->puppet->argv, mine().puppet->argv);
  EXPECT_EQ(read->puppet->build, mine().puppet->build);
  EXPECT_EQ(read->puppet->ops, found.puppet_ops);
  EXPECT_EQ(read->program_argv, (std::vector<std::string>{"exec"}));
}

// No dialect can say that a daemon answers 9 to everything; its profile has to say it all the same.
TEST(SurveyText, suggests_a_profile_from_which_the_daemon_does_not_differ) {
  const auto odd = always("", "9");
  const auto first = take_survey(with_puppet(), price::short_one, odd);
  EXPECT_TRUE(first.differs());
  const auto text = profile_text(mine(), first);
  const auto read = scenario::parse_profile(text, "mine.toml");
  ASSERT_TRUE(read) << text << to_string(read.error().front());
  EXPECT_EQ(read->observed.at("unknown_command"), "9");
  EXPECT_EQ(read->observed.at("impossible_op"), "X 9");
  const auto second = take_survey({.speaks = read->speaks, .observed = read->observed}, price::short_one, odd);
  EXPECT_FALSE(second.differs()) << table_of(second);
}

TEST(SurveyText, marks_what_differs_and_names_lies) {
  const auto found = take_survey(with_puppet(), price::short_one, always("", "0"));
  const auto text = table_of(found);
  EXPECT_NE(text.find("no (differs)"), std::string::npos) << text;
  EXPECT_NE(text.find("LIE  a script that exits with 42: answered X 0, owed X 42"), std::string::npos) << text;
  EXPECT_TRUE(nlohmann::json::parse(survey_json("d", found))["liar"]);
}

}  // namespace
}  // namespace nailbiter::probe
