#include "harness/power/mutant.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

namespace nailbiter::power {
namespace {

namespace fs = std::filesystem;

class Catalogue : public ::testing::Test {
 protected:
  Catalogue() { fs::create_directories(folder_); }
  ~Catalogue() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  fs::path folder_ = fs::path(::testing::TempDir()) / ("catalogue-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()));
};

TEST_F(Catalogue, says_where_each_shows) {
  write("S2.toml", "id = \"S2\"\ntitle = \"t\"\n[shows]\nlevel = \"sim\"\ncase = \"a/b\"\nhops = 3\n[[edit]]\nfile = \"f\"\nfind = \"x\"\nreplace = \"if ($WRONG(y)) x\"\n");
  write("N1.toml", "id = \"N1\"\ntitle = \"u\"\nkind = \"control\"\n[shows]\nlevel = \"live\"\ncase = \"a/*\"\n[[edit]]\nfile = \"f\"\nfind = \"x\"\nreplace = \"y\"\n");
  const auto all = load_mutants(folder_);
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->size(), 2u);
  EXPECT_TRUE(all->front().is_control);
  EXPECT_EQ(all->front().home, level::live);
  EXPECT_FALSE(all->front().says_when_wrong);
  EXPECT_TRUE(all->back().says_when_wrong);
  EXPECT_EQ(waking_word(all->back()), "S2:3");
}

TEST_F(Catalogue, with_a_fault_names_file_and_line) {
  write("S2.toml", "id = \"S3\"\ntitle = \"t\"\n[shows]\nlevel = \"sim\"\ncase = \"a/b\"\n");
  EXPECT_NE(load_mutants(folder_).error().find("S2.toml:1: its id must be S2"), std::string::npos);
  write("S2.toml", "id = \"S2\"\ntitle = \"t\"\n[shows]\nlevel = \"fibers\"\ncase = \"a/b\"\n");
  EXPECT_NE(load_mutants(folder_).error().find("S2.toml:4: a level is sim or live"), std::string::npos);
}

TEST_F(Catalogue, that_is_empty_is_a_fault) { EXPECT_FALSE(load_mutants(folder_)); }

TEST(OwnCatalogue, is_readable_and_as_large_as_promised) {
  const auto all = load_mutants(fs::path(NAILBITER_SOURCE_DIR) / "tests/mutants/catalogue");
  ASSERT_TRUE(all) << all.error();
  const auto controls = static_cast<std::size_t>(std::count_if(all->begin(), all->end(), [](const auto& one) { return one.is_control; }));
  EXPECT_GE(all->size() - controls, 45u);
  EXPECT_GE(controls, 10u);
}

}  // namespace
}  // namespace nailbiter::power
