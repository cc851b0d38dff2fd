#include <filesystem>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/report/atomic_file.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/report/run_folder.hpp"

namespace nailbiter::report {
namespace {

namespace fs = std::filesystem;

class Folder : public ::testing::Test {
 protected:
  Folder() : root_(fs::temp_directory_path() / ("report-folder-" + std::to_string(::getpid()))) { fs::create_directories(root_); }
  ~Folder() override { fs::remove_all(root_); }

  fs::path root_;
};

TEST_F(Folder, replaces_a_file_and_leaves_no_part_of_it_behind) {
  ASSERT_TRUE(write_atomically(root_ / "deep" / "report.json", "old"));
  ASSERT_TRUE(write_atomically(root_ / "deep" / "report.json", "new"));
  EXPECT_EQ(content_of(root_ / "deep" / "report.json"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(root_ / "deep"), {}), 1);
}

TEST_F(Folder, keeps_the_old_content_when_it_cannot_write) {
  ASSERT_TRUE(write_atomically(root_ / "file", "old"));
  const auto written = write_atomically(root_ / "file" / "below", "new");
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().find("file"), std::string::npos);
  EXPECT_EQ(content_of(root_ / "file"), "old");
}

TEST_F(Folder, points_latest_at_the_newest_run) {
  ASSERT_TRUE(run_folder::create(root_, "one"));
  ASSERT_TRUE(run_folder::create(root_, "two"));
  EXPECT_EQ(fs::read_symlink(root_ / "latest"), "two");
}

TEST_F(Folder, numbers_a_name_that_is_taken) {
  const auto first = run_folder::create(root_, "run");
  const auto second = run_folder::create(root_, "run");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->path().filename(), "run-2");
}

TEST_F(Folder, leaves_a_latest_that_is_no_link_alone) {
  fs::create_directories(root_ / "latest");
  ASSERT_TRUE(run_folder::create(root_, "run"));
  EXPECT_TRUE(fs::is_directory(fs::symlink_status(root_ / "latest")));
}

TEST_F(Folder, writes_a_case_into_a_folder_of_its_own) {
  const auto run = run_folder::create(root_, "run");
  ASSERT_TRUE(run);
  const auto folder = run->write_case("exit/late[transport=tcp]", {{"verdict.json", "{}"}, {"wire.log", ""}});
  ASSERT_TRUE(folder);
  EXPECT_EQ(content_of(*folder / "verdict.json"), "{}");
  EXPECT_TRUE(fs::exists(*folder / "wire.log"));
}

TEST_F(Folder, gives_a_file_whole_within_a_bound_and_names_it_in_errors) {
  const auto path = root_ / "f";
  ASSERT_TRUE(write_atomically(path, std::string("a\0b", 3)));
  EXPECT_EQ(content_of(path), std::string("a\0b", 3));
  const auto too_long = content_of(path, 2);
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error(), path.string() + " is too long");
  const auto missing = content_of(root_ / "none");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().find((root_ / "none").string()), std::string::npos);
}

}  // namespace
}  // namespace nailbiter::report
