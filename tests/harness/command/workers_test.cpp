#include "harness/command/workers.hpp"

#include <csignal>

#include <gtest/gtest.h>

#include "harness/command/command_line.hpp"

namespace nailbiter::command {
namespace {

report::campaign part_of(std::vector<std::string> ids) {
  report::campaign part{.target = "t"};
  for (auto& id : ids) part.cases.push_back({.id = std::move(id), .summary = {}});
  return part;
}

TEST(Workers, are_given_the_run_s_options_and_a_shard_of_its_shard) {
  run_options how;
  how.which.patterns = {"exit/*"};
  how.part = {.index = 2, .count = 3};
  how.jobs = 2;
  how.smoke = true;
  how.against.exec = {"./naild", "--listen", "{address}"};
  auto words = worker_words(how, 2, "out/run", "/tmp/report.json");
  std::vector<const char*> argv{"nailbiter"};
  for (const auto& word : words) argv.push_back(word.c_str());
  const auto parsed = parse(static_cast<int>(argv.size()), argv.data());
  const auto& again = std::get<run_options>(std::get<options>(parsed));
  EXPECT_EQ(again.which.patterns, how.which.patterns);
  EXPECT_EQ(again.part.index, 5u);
  EXPECT_EQ(again.part.count, 6u);
  EXPECT_TRUE(again.smoke);
  EXPECT_EQ(again.jobs, 1u);
  EXPECT_EQ(again.worker, "out/run");
  EXPECT_EQ(again.against.exec, how.against.exec);
}

TEST(Workers, reports_are_put_together_in_the_order_of_the_cases) {
  const auto all = merged({part_of({"a", "c", "e"}), part_of({"b", "d"})});
  std::string order;
  for (const auto& one : all.cases) order += one.id;
  EXPECT_EQ(order, "abcde");
}

TEST(Workers, that_failed_say_so_whatever_they_reported_before) {
  const auto exited_with = [](int code) { return code << 8; };
  for (const int judged : {0, 1, 2, 3, 130}) EXPECT_EQ(worker_fault({.status = exited_with(judged)}), "") << judged;
  EXPECT_EQ(worker_fault({.status = exited_with(70)}), "failed with exit code 70");
  EXPECT_EQ(worker_fault({.status = exited_with(64)}), "failed with exit code 64");
  EXPECT_EQ(worker_fault({.status = SIGKILL}), "was ended by signal 9");
  EXPECT_EQ(worker_fault({.status = exited_with(0), .has_report = false}), "left no report");
}

TEST(Workers, that_were_stopped_before_they_could_say_anything_have_not_failed) {
  EXPECT_EQ(worker_fault({.status = SIGTERM, .has_report = false, .was_asked_to_stop = true}), "");
  EXPECT_EQ(worker_fault({.status = SIGTERM, .has_report = false}), "left no report");
  EXPECT_EQ(worker_fault({.status = SIGKILL, .has_report = false, .was_asked_to_stop = true}), "left no report");
}

TEST(Workers, one_that_was_interrupted_interrupts_the_campaign) {
  auto cut = part_of({"a"});
  cut.interrupted = true;
  EXPECT_TRUE(merged({cut, part_of({})}).interrupted);
}

TEST(Workers, all_without_a_daemon_say_so_once) {
  auto part = part_of({"a"});
  part.stopped = "cannot start";
  const auto all = merged({part, part, part_of({"c"})});
  EXPECT_EQ(all.stopped, "cannot start");
  EXPECT_EQ(all.cases.size(), 2u);
}

TEST(Case_line, is_read_back) {
  report::case_record one{.id = "exit/codes[code=1]", .summary = {}, .duration_ns = 1'500'000};
  one.summary.result = check::outcome::not_exercised;
  auto line = case_line(one);
  line.pop_back();
  const auto again = parse_case_line(line);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, one.id);
  EXPECT_EQ(again->summary.result, one.summary.result);
  EXPECT_EQ(again->duration_ns, one.duration_ns);
  EXPECT_FALSE(parse_case_line("naild: 9 cases: 9 passed"));
}

}  // namespace
}  // namespace nailbiter::command
