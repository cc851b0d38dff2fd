#include "reference/daemon/config_file.hpp"

#include <sstream>

#include <gtest/gtest.h>

namespace naild::daemon {
namespace {

tl::expected<configuration, std::string> parsed(const std::string& text) {
  std::istringstream from(text);
  return parse_configuration(from);
}

TEST(ConfigFile, keeps_options_with_one_value_or_with_several) {
  const auto made = parsed("grace-ms = 50\nenable-puppet = true\nlisten = ['unix:/a', 'unix:/b']\n");
  ASSERT_TRUE(made) << made.error();
  const std::vector<configured_option> options{
      {.name = "enable-puppet", .values = {"true"}},
      {.name = "grace-ms", .values = {"50"}},
      {.name = "listen", .values = {"unix:/a", "unix:/b"}},
  };
  EXPECT_EQ(made->options, options);
  EXPECT_TRUE(made->commands.empty());
}

TEST(ConfigFile, keeps_commands_with_their_words) {
  const auto made = parsed("[commands.greet]\nexec = ['echo', 'hello']\n[commands.list]\nexec = ['ls']\n");
  ASSERT_TRUE(made) << made.error();
  const std::vector<configured_command> commands{{.name = "greet", .exec = {"echo", "hello"}}, {.name = "list", .exec = {"ls"}}};
  EXPECT_EQ(made->commands, commands);
  EXPECT_TRUE(made->options.empty());
}

/// The error of a text that is refused.
std::string fault_of(const std::string& text) {
  const auto made = parsed(text);
  return made ? "none" : made.error();
}

TEST(ConfigFile, refuses_with_the_line_what_is_no_option) {
  EXPECT_EQ(fault_of("a = 1\nb = 1.5\n").substr(0, 11), "line 2: 'b'");
  EXPECT_EQ(fault_of("a = ['x', 1.5]\n").substr(0, 11), "line 1: 'a'");
  EXPECT_EQ(fault_of("[other]\nx = 1\n").substr(0, 15), "line 1: 'other'");
  EXPECT_EQ(fault_of("a = \n").substr(0, 6), "line 1");
}

TEST(ConfigFile, refuses_a_command_that_is_built_in_or_names_no_program) {
  for (const char* name : {"exec", "puppet", "puppet-blocking"}) {
    EXPECT_NE(fault_of(std::string("[commands.") + name + "]\nexec = ['x']\n").find("is built in"), std::string::npos) << name;
  }
  for (const char* body : {"exec = []", "exec = 'x'", "exec = ['x', 1]", "run = ['x']", "exec = ['x']\nother = 1", ""}) {
    EXPECT_NE(fault_of(std::string("[commands.mine]\n") + body + "\n").find("a command is"), std::string::npos) << body;
  }
  EXPECT_NE(fault_of("[commands]\nmine = 3\n").find("a command is"), std::string::npos);
}

}  // namespace
}  // namespace naild::daemon
