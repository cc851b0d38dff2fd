#include "harness/command/live_setup.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;

class Live_setup : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = target::temporary_directory::make();
    ASSERT_TRUE(made) << made.error();
    folder_.emplace(std::move(*made));
    fs::create_directory(folder_->path() / "targets");
    for (const char* name : {"mine.toml", "mine.known.toml", "other.toml"}) {
      std::ofstream(folder_->path() / "targets" / name) << "name = \"mine\"\ncommand = [\"{here}/d\", \"{address}\"]\naddress = { unix = \"{path}\" }\n"
                                                           "[puppet]\nargv = [\"{here}/p\", \"{build}/q\"]\n";
    }
  }

  std::optional<target::temporary_directory> folder_;
};

TEST_F(Live_setup, names_the_profiles_that_there_are_where_one_is_not) {
  for (const char* name : {"nosuch", "nosuch.toml"}) {
    const auto made = set_up({.target = name}, folder_->path());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, exit_code::usage);
    const auto& text = made.error().text;
    EXPECT_NE(text.find("'" + std::string(name) + "'"), text.npos) << text;
    EXPECT_TRUE(text.ends_with(" are mine, other")) << text;
    EXPECT_EQ(text.find("nosuch.toml.toml"), text.npos) << text;
  }
}

TEST_F(Live_setup, claims_words_that_hold_in_every_folder) {
  const auto made = set_up({.target = "mine"}, folder_->path());
  ASSERT_TRUE(made) << made.error().text;
  const auto here = fs::weakly_canonical(folder_->path() / "targets").string();
  EXPECT_EQ(made->claims->command.front(), here + "/d");
  EXPECT_EQ(made->claims->puppet->argv, (std::vector<std::string>{here + "/p", "{build}/q"}));
}

TEST_F(Live_setup, knows_the_executable_puppet_without_a_profile) {
  const auto made = set_up({.connect = "unix:/x", .puppet = {"exec", "{puppet}"}}, folder_->path());
  ASSERT_TRUE(made) << made.error().text;
  EXPECT_EQ(made->description.puppet_argv, (std::vector<std::string>{"exec", made->description.puppet_program}));
}

TEST(Dialect_hint, tells_of_the_probe_where_nobody_has_said_what_a_daemon_promises) {
  const auto hint = dialect_hint({.exec = {"my daemon", "{address}"}, .program = {"exec"}});
  EXPECT_TRUE(hint.ends_with("nailbiter probe --program exec --exec 'my daemon' '{address}'")) << hint;
  EXPECT_NE(dialect_hint({.connect = "unix:/x"}), "");
  EXPECT_EQ(dialect_hint({}), "");
  EXPECT_EQ(dialect_hint({.target = "template"}), "");
  EXPECT_EQ(dialect_hint({.connect = "unix:/x", .dialect = "naild"}), "");
}

}  // namespace
}  // namespace nailbiter::command
