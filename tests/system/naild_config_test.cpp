// naild's configuration file, from a user's side.

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

std::string file_in(const scratch& folder, const std::string& text) {
  const std::string name = folder / "naild.toml";
  std::ofstream(name) << text;
  return name;
}

/// `seen` gets what nail, run with `words`, said while a daemon with that file ran.
ended daemon_with(const std::string& file, const std::string& socket, const std::vector<std::string>& words, ended& seen) {
  return run({program("naild"), "--config", file, "--listen", "unix:" + socket}, [&](pid_t daemon) {
    std::vector<std::string> client{program("nail"), "--socket", socket};
    client.insert(client.end(), words.begin(), words.end());
    seen = run(client);
    ::kill(daemon, SIGTERM);
  });
}

TEST(Naild_config, names_commands_whose_words_come_before_the_arguments) {
  const scratch folder;
  const auto file = file_in(folder, "[commands.greet]\nexec = [\"/bin/echo\", \"good\", \"day\"]\n");
  ended seen;
  const auto daemon = daemon_with(file, folder / "s", {"greet", "to", "you"}, seen);
  EXPECT_EQ(daemon.exit_code, 0) << daemon.err;
  EXPECT_EQ(seen.out, "good day to you\n") << seen.err;
  EXPECT_EQ(seen.exit_code, 0);
}

TEST(Naild_config, sets_options_and_the_command_line_wins) {
  const scratch folder;
  const auto file = file_in(folder, "listen = [\"unix:" + (folder / "not-this") + "\"]\nargs-max = 1\nenable-puppet = true\n");
  ended seen;
  ASSERT_EQ(daemon_with(file, folder / "s", {"puppet", "out a", "out b"}, seen).exit_code, 0);
  EXPECT_EQ(seen.exit_code, 1);
  EXPECT_NE(seen.err.find("arguments"), std::string::npos) << seen.err;
  ASSERT_EQ(daemon_with(file, folder / "s", {"puppet", "out a"}, seen).exit_code, 0);
  EXPECT_EQ(seen.out, "a") << seen.err;
}

TEST(Naild_config, refuses_what_it_does_not_understand_with_its_line) {
  const scratch folder;
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"runs_max = 3\n", "'runs_max' is no option of naild"},
      {"config = \"other.toml\"\n", "'config' is no option of naild"},
      {"runs-max = \n", "line 1: "},
      {"runs-max = 0\n", "--runs-max"},
      {"[[\nca]\ncit\"", "this is no TOML"},
      {"runs-max = 1.5\n", "line 1: 'runs-max' wants a text, a whole number"},
      {"[limits]\nruns-max = 3\n", "line 1: 'limits' is no option; tables are [commands.NAME] only"},
      {"\n[commands.exec]\nexec = [\"/bin/sh\"]\n", "line 2: the command 'exec' is built in"},
      {"[commands.a]\nexec = []\n", "line 1: a command is [commands.NAME] with exec = "},
      {"[commands.a]\nexec = \"/bin/sh\"\n", "line 1: a command is [commands.NAME] with exec = "},
      {"[commands.a]\nexec = [\"/bin/sh\", 3]\n", "line 1: a command is [commands.NAME] with exec = "},
      {"[commands.a]\nexec = [\"/bin/sh\"]\ncwd = \"/\"\n", "line 1: a command is [commands.NAME] with exec = "},
  };
  for (const auto& [text, reason] : wrong) {
    const auto daemon = run({program("naild"), "--config", file_in(folder, text), "--listen", "unix:" + (folder / "s")});
    EXPECT_EQ(daemon.exit_code, 64) << text;
    EXPECT_NE(daemon.err.find(reason), std::string::npos) << daemon.err;
  }
  const auto missing = run({program("naild"), "--config", folder / "nothing.toml", "--listen", "unix:" + (folder / "s")});
  EXPECT_EQ(missing.exit_code, 64);
  EXPECT_NE(missing.err.find("nothing.toml"), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace nailbiter::system_test
