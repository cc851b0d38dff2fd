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

TEST(Nailbiter_probe, exits_2_where_nobody_answers) {
  const auto ended = run({program("nailbiter"), "probe", "--connect", "unix:/nonexistent"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out << ended.err;
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
