// nailbiter from end to end, against the naild beside it.

#include <csignal>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

TEST(Nailbiter_list, names_every_case_once_in_both_forms) {
  const auto lines = run({program("nailbiter"), "list"});
  const auto json = run({program("nailbiter"), "list", "--json"});
  ASSERT_EQ(lines.exit_code, 0) << lines.err;
  std::string ids;
  for (const auto& one : nlohmann::json::parse(json.out)) ids += one["id"].get<std::string>() + "\n";
  EXPECT_EQ(ids, lines.out);
}

TEST(Nailbiter_run, holds_naild_to_cases_and_leaves_reports) {
  const scratch folder;
  const auto ended = run({program("nailbiter"), "run", "exit/codes*", "--out", folder / "out", "--junit", folder / "j.xml"});
  ASSERT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_NE(last_line(ended.out).find(" 0 failed, 0 unknown"), std::string::npos);
  const auto report = nlohmann::json::parse(content_of(folder / "out/latest/report.json"));
  EXPECT_GT(report["counts"]["pass"], 0);
  EXPECT_EQ(content_of(folder / "j.xml"), content_of(folder / "out/latest/junit.xml"));
}

TEST(Nailbiter_run, writes_junit_that_an_xml_parser_reads) {
  const scratch folder;
  const auto junit = folder / "j.xml";
  ASSERT_EQ(run({program("nailbiter"), "run", "exit/codes*", "--out", folder / "out", "--junit", junit}).exit_code, 0);
  const std::string script =
      "import sys, xml.etree.ElementTree as tree\n"
      "suite = tree.parse(sys.argv[1]).getroot().find('testsuite')\n"
      "print(suite.get('name'), len(suite.findall('testcase')) == int(suite.get('tests')), suite[0].get('classname'))\n";
  const auto parsed = run({"/usr/bin/env", "python3", "-c", script, junit});
  if (parsed.exit_code == 127) GTEST_SKIP() << "no python3";
  EXPECT_EQ(parsed.out, "naild True nailbiter.exit\n") << parsed.err;
}

TEST(Nailbiter_run, ends_at_once_where_the_daemon_cannot_start) {
  for (const char* jobs : {"1", "2"}) {
    const scratch folder;
    const auto ended = run({program("nailbiter"), "run", "exit/*", "plain/*", "--jobs", jobs, "--out", folder / "out", "--json", folder / "report.json", "--exec",
                            "/bin/sh", "-c", "echo no room for $0; exit 3", "{address}"});
    EXPECT_EQ(ended.exit_code, 2) << ended.out;
    const auto report = nlohmann::json::parse(content_of(folder / "report.json"));
    EXPECT_EQ(report["counts"]["unknown"], 1) << ended.out;
    EXPECT_EQ(report["counts"]["pass"], 0);
    EXPECT_NE(ended.err.find("ended with exit code 3 before it could be used; it printed:\nno room for unix:"), std::string::npos) << ended.err;
  }
}

TEST(Nailbiter_run, shares_cases_out_over_workers) {
  const scratch folder;
  const auto one = run({program("nailbiter"), "run", "exit/codes*", "--out", folder / "out", "--json", folder / "one.json"});
  const auto three = run({program("nailbiter"), "run", "exit/codes*", "--jobs", "3", "--out", folder / "out", "--json", folder / "three.json"});
  ASSERT_EQ(three.exit_code, 0) << three.out << three.err;
  const auto ids = [&](const char* file) {
    std::vector<std::string> found;
    const auto report = nlohmann::json::parse(content_of(folder / file));
    for (const auto& value : report["cases"]) found.push_back(value["id"]);
    EXPECT_FALSE(found.empty()) << file;
    return found;
  };
  EXPECT_EQ(ids("one.json"), ids("three.json"));
}

TEST(Nailbiter_run, stops_in_order_at_ctrl_c) {
  const scratch folder;
  const auto ended = run({program("nailbiter"), "run", "-v", "exit/*", "--repeat", "1000", "--out", folder / "out"},
                         [](pid_t id) { ::kill(id, SIGINT); });
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  EXPECT_NE(last_line(ended.out).find("(interrupted)"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(content_of(folder / "out/latest/report.json"))["interrupted"], true);
}

TEST(Nailbiter_run, clears_away_when_whoever_reads_it_has_left) {
  const scratch folder;
  ASSERT_EQ(run({"/bin/sh", "-c", "TMPDIR=\"$1\" \"$0\" run 'exit/*' -v --repeat 100 --out \"$1/out\" | head -1", program("nailbiter"), folder.path()}).exit_code, 0);
  for (const auto& left : std::filesystem::directory_iterator(folder.path())) EXPECT_EQ(left.path().filename(), "out");
}

TEST(Nailbiter_run, exits_2_when_nothing_was_exercised) {
  const scratch folder;
  const auto ended = run({program("nailbiter"), "run", "exit/codes*", "--out", folder / "out", "--connect", "unix:/nonexistent"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out;
}

TEST(Nailbiter_run, says_that_nobody_answers_and_blames_no_daemon) {
  const scratch folder;
  const auto ended = run({program("nailbiter"), "run", "plain/*", "--out", folder / "out", "--connect", "unix:/nonexistent"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out;
  EXPECT_NE(ended.out.find("nobody answers at unix:/nonexistent"), std::string::npos) << ended.out;
}

TEST(Nailbiter_sim, gives_the_same_last_line_twice) {
  const scratch folder;
  const std::vector<std::string> argv{program("nailbiter"), "sim", "exit/*", "--schedules", "100", "--seed", "3", "--out", folder / "out"};
  const auto first = run(argv);
  const auto second = run(argv);
  ASSERT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_EQ(last_line(first.out), last_line(second.out));
  EXPECT_EQ(last_line(first.out).size(), std::string("trace hash: 0123456789abcdef").size());
  EXPECT_TRUE(last_line(first.out).starts_with("trace hash: "));
}

TEST(Nailbiter_replay, runs_a_token_to_the_same_trace) {
  const std::vector<std::string> argv{program("nailbiter"), "replay", "sim1:4:portfolio:exit/codes[code=42]"};
  const auto first = run(argv);
  EXPECT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_EQ(first.out, run(argv).out);
}

TEST(Nailbiter_replay, runs_a_live_failure_to_the_same_verdict) {
  const scratch folder;
  write_wrong_scenario(folder);
  const auto scenarios = folder / "scenarios";
  const auto failed = run({program("nailbiter"), "run", "--scenarios", scenarios, "--out", folder / "out"});
  ASSERT_EQ(failed.exit_code, 1) << failed.out << failed.err;
  EXPECT_NE(failed.out.find("replay: nailbiter replay " + (folder / "out")), std::string::npos) << failed.out;
  const auto again = run({program("nailbiter"), "replay", folder / "out/latest/exit.wrong", "--scenarios", scenarios});
  EXPECT_EQ(again.exit_code, 1) << again.err;
  EXPECT_EQ(last_line(again.out), "the same verdict as before");
}

TEST(Nailbiter_replay, follows_the_schedule_of_a_simulated_failure) {
  const scratch folder;
  write_wrong_scenario(folder);
  const auto scenarios = folder / "scenarios";
  const auto failed = run({program("nailbiter"), "sim", "--scenarios", scenarios, "--out", folder / "out", "--schedules", "8"});
  ASSERT_EQ(failed.exit_code, 1) << failed.out << failed.err;
  const auto by_folder = run({program("nailbiter"), "replay", folder / "out/latest/exit.wrong", "--scenarios", scenarios});
  const auto by_token = run({program("nailbiter"), "replay", "sim1:1:portfolio:exit/wrong", "--scenarios", scenarios});
  EXPECT_EQ(by_folder.exit_code, 1) << by_folder.err;
  EXPECT_EQ(by_folder.out, by_token.out);
}

/// Every `from` of the file becomes `to`.
void edit(const std::string& file, const std::string& from, const std::string& to) {
  auto text = content_of(file);
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  std::ofstream(file, std::ios::binary) << text;
}

TEST(Nailbiter_replay, tries_a_schedule_of_other_sources_by_its_anchors_and_claims_no_match) {
  const scratch folder;
  write_wrong_scenario(folder);
  const auto scenarios = folder / "scenarios";
  ASSERT_EQ(run({program("nailbiter"), "sim", "--scenarios", scenarios, "--out", folder / "out", "--schedules", "8"}).exit_code, 1);
  const auto failure = folder / "out/latest/exit.wrong";
  const auto replay = [&] { return run({program("nailbiter"), "replay", failure, "--scenarios", scenarios}); };
  edit(failure + "/plan.json", "\"exit 3\"", "\"stream 1 70000\", \"exit 3\"");  // more steps than were recorded
  const auto same_sources = replay();
  EXPECT_EQ(same_sources.exit_code, 70) << same_sources.out;
  EXPECT_NE(same_sources.err.find("DIVERGED"), std::string::npos) << same_sources.err;

  const auto schedule = content_of(failure + "/schedule.bin");
  const auto hash_at = schedule.find(std::string("\x10\x00", 2)) + 2;  // 16 digits follow
  ASSERT_LT(hash_at, schedule.size());
  edit(failure + "/schedule.bin", schedule.substr(hash_at, 16), "0123456789abcdef");
  const auto other_sources = replay();
  EXPECT_EQ(other_sources.exit_code, 1) << other_sources.out << other_sources.err << "it fails the same way, in another execution";
  EXPECT_NE(other_sources.out.find("recorded from other sources (0123456789abcdef"), std::string::npos) << other_sources.out;
  EXPECT_NE(other_sources.out.find("this is another execution"), std::string::npos) << other_sources.out;
}

TEST(Nailbiter, says_64_for_what_it_does_not_understand) {
  for (const auto* word : {"no-such-command", "--no-such-option"}) EXPECT_EQ(run({program("nailbiter"), word}).exit_code, 64) << word;
  EXPECT_EQ(run({program("nailbiter"), "replay", "/nonexistent"}).exit_code, 64);
  EXPECT_EQ(run({program("nailbiter"), "globals", "--pid", "2147483647"}).err, "nailbiter globals: there is no process 2147483647\n");
}

TEST(Nailbiter_run, says_64_before_it_runs_anything_for_files_that_cannot_be) {
  const scratch folder;
  std::ofstream(folder / "file").close();
  for (const auto* option : {"--json", "--html", "--out", "--known", "--scenarios"}) {
    const auto ended = run({program("nailbiter"), "run", "exit/codes*", option, folder / "file/x"});
    EXPECT_EQ(ended.exit_code, 64) << option;
    EXPECT_EQ(ended.out, "") << option;
    EXPECT_NE(ended.err.find(folder / "file/x"), std::string::npos) << ended.err;
  }
  EXPECT_EQ(run({program("nailbiter"), "run", "--scenarios", folder / "."}).exit_code, 64);
  EXPECT_EQ(run({program("nailbiter"), "run", "plain/*", "--smoke"}).err, "nailbiter run: the smoke suite has no case that matches\n");
}

}  // namespace
}  // namespace nailbiter::system_test
