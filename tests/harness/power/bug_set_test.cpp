#include "harness/power/bug_set.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace nailbiter::power {
namespace {

namespace fs = std::filesystem;

const std::vector<mutant> catalogue{{.id = "S2", .name = "S2", .title = "routed", .case_id = "a/b", .hops = 1}, {.id = "S4", .name = "S4", .title = "overtakes"}};

class BugSet : public ::testing::Test {
 protected:
  ~BugSet() override { fs::remove(file_); }

  tl::expected<std::vector<mutant>, std::string> load(const std::string& text) const {
    std::ofstream(file_) << text;
    return load_set(file_, catalogue);
  }

  fs::path file_ = fs::path(::testing::TempDir()) / ("set-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + ".toml");
};

TEST_F(BugSet, names_bugs_of_the_catalogue_by_the_hops_that_it_chooses) {
  const auto bugs = load("title = \"t\"\n[[bug]]\nid = \"S4\"\nhops = 10\n[[bug]]\nid = \"S2\"\n");
  ASSERT_TRUE(bugs) << bugs.error();
  ASSERT_EQ(bugs->size(), 2u);
  EXPECT_EQ(bugs->front().name, "S4:10");
  EXPECT_EQ(waking_word(bugs->front()), "S4:10");
  EXPECT_EQ(bugs->back().name, "S2") << "as the catalogue has it";
  EXPECT_EQ(bugs->back().hops, 1);
}

TEST_F(BugSet, of_a_bug_that_nobody_knows_or_of_none_is_refused) {
  EXPECT_NE(load("title = \"t\"\n[[bug]]\nid = \"S9\"\n").error().find("no mutant 'S9'"), std::string::npos);
  EXPECT_NE(load("title = \"t\"\n").error().find("it names no [[bug]]"), std::string::npos);
}

TEST(OwnSets, name_eight_bugs_with_a_knob) {
  const fs::path folder = fs::path(NAILBITER_SOURCE_DIR) / "tests/mutants";
  const auto all = load_mutants(folder / "catalogue");
  ASSERT_TRUE(all) << all.error();
  const auto hops = load_set(folder / "sets/hops.toml", *all);
  ASSERT_TRUE(hops) << hops.error();
  EXPECT_EQ(hops->size(), 8u);
}

}  // namespace
}  // namespace nailbiter::power
