#include "harness/command/command_line.hpp"

#include <gtest/gtest.h>

#include "harness/command/catalogue.hpp"

namespace nailbiter::command {
namespace {

std::variant<options, answer> parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "nailbiter");
  return parse(static_cast<int>(words.size()), words.data());
}

template <class Options>
Options expect(std::vector<const char*> words) {
  auto result = parsed(std::move(words));
  if (const auto* said = std::get_if<answer>(&result)) ADD_FAILURE() << said->text;
  return std::get<Options>(std::get<options>(result));
}

int refused(std::vector<const char*> words) {
  const auto result = parsed(std::move(words));
  const auto* said = std::get_if<answer>(&result);
  return said == nullptr ? -1 : said->exit_code;
}

std::string refusal(std::vector<const char*> words) {
  const auto result = parsed(std::move(words));
  const auto* said = std::get_if<answer>(&result);
  return said == nullptr ? "" : said->text;
}

TEST(Command_line, takes_patterns_before_and_after_options) {
  const auto run = expect<run_options>({"run", "exit/*", "--seed", "7", "order/*"});
  EXPECT_EQ(run.which.patterns, (std::vector<std::string>{"exit/*", "order/*"}));
  EXPECT_EQ(run.seed, 7u);
}

TEST(Command_line, gives_exec_all_that_follows) {
  const auto run = expect<run_options>({"run", "--smoke", "--exec", "./naild", "--listen", "{address}", "--smoke"});
  EXPECT_EQ(run.against.exec, (std::vector<std::string>{"./naild", "--listen", "{address}", "--smoke"}));
  EXPECT_TRUE(run.smoke);
}

TEST(Command_line, collects_the_puppet_word_by_word) {
  const auto run = expect<run_options>({"run", "--puppet", "my", "--puppet", "Puppet", "exit/*", "--mode", "race"});
  EXPECT_EQ(run.against.puppet, (std::vector<std::string>{"my", "Puppet"}));
  EXPECT_EQ(run.which.patterns, std::vector<std::string>{"exit/*"});
  EXPECT_EQ(run.mode, plan::delivery::race);
  EXPECT_FALSE(expect<run_options>({"run"}).mode) << "as each scenario says";
}

TEST(Command_line, reads_a_shard) {
  const auto run = expect<run_options>({"run", "--shard", "2/3"});
  EXPECT_EQ(run.part.index, 2u);
  EXPECT_EQ(run.part.count, 3u);
}

TEST(Command_line, refuses_what_it_does_not_understand_with_64) {
  for (const auto* bad : {"0/3", "4/3", "x", "1", "1/", "1/2x"}) EXPECT_EQ(refused({"run", "--shard", bad}), 64) << bad;
  EXPECT_EQ(refused({"run", "--exec"}), 64);
  EXPECT_EQ(refused({"list", "--exec", "x"}), 64);
  EXPECT_EQ(expect<probe_options>({"probe", "--patient", "--exec", "y", "{address}"}).against.exec, (std::vector<std::string>{"y", "{address}"}));
  EXPECT_EQ(refused({"run", "--connect", "unix:/x", "--exec", "y"}), 64);
  EXPECT_EQ(refused({"run", "--connect", "unix:/x", "--target", "y"}), 64);
  EXPECT_EQ(refused({"run", "--jobs", "0"}), 64);
  EXPECT_EQ(refused({"sim", "--strategy", "luck"}), 64);
  EXPECT_EQ(refused({"no-such-command"}), 64);
  EXPECT_EQ(refused({}), 64);
}

TEST(Command_line, says_what_is_wrong_and_where_help_is) {
  EXPECT_EQ(refusal({"frob", "--seed", "1"}), "nailbiter: no sub-command 'frob'\nTry 'nailbiter --help'.\n");
  EXPECT_EQ(refusal({"run", "--mode", "fast"}), "nailbiter: --mode: 'fast' is neither race nor settle\nTry 'nailbiter run --help'.\n");
  EXPECT_EQ(refusal({"run", "--json", "-"}), "nailbiter: --json: '-' is no file: stdout has the table\nTry 'nailbiter run --help'.\n");
}

TEST(Command_line, keeps_its_words_for_reports_as_a_shell_takes_them) {
  EXPECT_EQ(expect<run_options>({"run", "exit/*", "--exec", "my daemon", "{address}"}).command_line, "nailbiter run 'exit/*' --exec 'my daemon' '{address}'");
}

TEST(Command_line, takes_the_executable_puppet_as_the_second_word_of_one) {
  const auto run = expect<run_options>({"run", "--puppet", "exec", "{puppet}", "exit/*", "--blocking-puppet", "x"});
  EXPECT_EQ(run.against.puppet, (std::vector<std::string>{"exec", "{puppet}"}));
  EXPECT_EQ(run.which.patterns, std::vector<std::string>{"exit/*"});
  const auto probing = expect<probe_options>({"probe", "--puppet", "{puppet}", "--program", "exec", "--exec", "d", "{address}"});
  EXPECT_EQ(probing.against.puppet, std::vector<std::string>{"{puppet}"});
}

TEST(Command_line, wants_to_know_whose_words_they_are) {
  EXPECT_EQ(refused({"probe", "--program", "exec"}), 64);
  EXPECT_EQ(refused({"probe", "--puppet", "puppet"}), 64);
  EXPECT_EQ(refused({"probe", "--target", "template", "--puppet", "puppet"}), 64);
  EXPECT_EQ(expect<probe_options>({"probe", "--program", "exec", "--connect", "unix:/x"}).against.program, std::vector<std::string>{"exec"});
}

TEST(Command_line, explains_every_sub_command_with_examples) {
  for (const auto* name : {"list", "run", "sim", "replay"}) {
    const auto result = parsed({name, "--help"});
    const auto* said = std::get_if<answer>(&result);
    ASSERT_NE(said, nullptr);
    EXPECT_EQ(said->exit_code, 0);
    EXPECT_NE(said->text.find("Examples:"), std::string::npos) << name;
  }
}

TEST(Shard, gives_every_case_to_one_shard) {
  const std::vector<int> cases{1, 2, 3, 4, 5, 6, 7};
  std::vector<int> seen;
  for (std::uint32_t index = 1; index <= 3; ++index) {
    for (const int* one : shard_of(cases, {.index = index, .count = 3})) seen.push_back(*one);
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(seen, cases);
}

}  // namespace
}  // namespace nailbiter::command
