// nailbiter probe from end to end: a daemon that is as it is claimed, one that is not, and one that lies.

#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

const std::string liar = std::string(NAILBITER_SOURCE_DIR) + "/tests/system/liar.py";

TEST(Nailbiter_probe, finds_naild_as_it_is_claimed) {
  const scratch folder;
  const auto ended = run({program("nailbiter"), "probe", "--target", "naild", "--json", folder / "probe.json"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  const auto found = nlohmann::json::parse(content_of(folder / "probe.json"));
  EXPECT_EQ(found["transports"], (nlohmann::json{"unix", "tcp"}));
  EXPECT_EQ(found["liar"], false);
  EXPECT_EQ(found["puppet_ops"].size(), 24u) << ended.out;
}

TEST(Nailbiter_probe, says_what_is_not_as_it_is_claimed) {
  const scratch folder;
  std::ofstream(folder / "false.toml") << "name = \"false\"\ncommand = [\"{naild}\", \"--listen\", \"{address}\", \"--enable-puppet\"]\n"
                                          "address = { unix = \"unix:{path}\" }\n[dialect]\nhalf_close = \"eof\"\n"
                                          "[puppet]\nargv = [\"puppet\"]\nops = [\"out\", \"cat\", \"hang\", \"exit\"]\n";
  const auto ended = run({program("nailbiter"), "probe", "--target", folder / "false.toml"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_NE(ended.out.find("eof         cancel (differs)"), std::string::npos) << ended.out;
}

TEST(Nailbiter_probe, names_a_liar) {
  const auto ended = run({program("nailbiter"), "probe", "--puppet", "puppet", "--exec", "python3", liar, "{address}"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_NE(last_line(ended.out).find("is a liar"), std::string::npos) << ended.out;
}

TEST(Nailbiter_probe, says_why_nobody_answers) {
  const auto socket = run({program("nailbiter"), "probe", "--connect", "unix:/nonexistent"});
  EXPECT_EQ(socket.exit_code, 2) << socket.out << socket.err;
  EXPECT_NE(last_line(socket.out).find("nobody answers at unix:/nonexistent: no such socket"), std::string::npos) << socket.out;
  const auto command = run({program("nailbiter"), "probe", "--exec", "/nonexistent/daemon", "{address}"});
  EXPECT_EQ(command.exit_code, 2) << command.out << command.err;
  EXPECT_NE(last_line(command.out).find("cannot start /nonexistent/daemon: No such file or directory"), std::string::npos) << command.out;
}

TEST(Nailbiter_probe, uses_the_executable_puppet_through_a_daemon_s_programs) {
  const scratch folder;
  const auto ended = run({program("nailbiter"), "probe", "--json", folder / "probe.json", "--program", "exec", "--puppet", "exec", "{puppet}", "--exec", "python3",
                          std::string(NAILBITER_SOURCE_DIR) + "/scenarios/targets/template/daemon.py", "{address}"});
  ASSERT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_GT(nlohmann::json::parse(content_of(folder / "probe.json"))["puppet_ops"].size(), 15u) << ended.out;
  EXPECT_NE(ended.out.find("argv = [\"exec\", \"{puppet}\"]"), std::string::npos) << ended.out;
}

// What it suggests for a daemon that only runs programs is a profile that the daemon then is found to keep.
TEST(Nailbiter_probe, suggests_a_profile_that_holds) {
  const scratch folder;
  const std::string daemon = std::string(NAILBITER_SOURCE_DIR) + "/scenarios/targets/template/daemon.py";
  const auto first = run({program("nailbiter"), "probe", "--program", "exec", "--exec", "python3", daemon, "{address}"});
  ASSERT_EQ(first.exit_code, 0) << first.out << first.err;
  std::ofstream(folder / "mine.toml") << first.out.substr(first.out.find("name = "));
  const auto second = run({program("nailbiter"), "probe", "--target", folder / "mine.toml"});
  EXPECT_EQ(second.exit_code, 0) << second.out << second.err;
  EXPECT_NE(second.out.find("at-start    at-start"), std::string::npos) << second.out;
}

}  // namespace
}  // namespace nailbiter::system_test
