#include "harness/report/atomic_file.hpp"

#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/report/bounded_file.hpp"

namespace nailbiter::report {
namespace {

namespace fs = std::filesystem;

class Atomic_file : public ::testing::Test {
 protected:
  Atomic_file() {
    std::string form = (fs::temp_directory_path() / "atomic-file-XXXXXX").string();
    folder_ = ::mkdtemp(form.data());
  }
  ~Atomic_file() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(Atomic_file, is_made_with_its_folders_and_leaves_nothing_beside_it) {
  ASSERT_TRUE(write_atomically(folder_ / "a/b/report.json", "old"));
  ASSERT_TRUE(write_atomically(folder_ / "a/b/report.json", "new"));
  EXPECT_EQ(content_of(folder_ / "a/b/report.json").value_or(""), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "a/b"), fs::directory_iterator()), 1);
}

TEST_F(Atomic_file, behind_a_link_is_written_and_the_link_stays) {
  fs::create_symlink("real.json", folder_ / "link.json");
  ASSERT_TRUE(write_atomically(folder_ / "real.json", "old"));
  ASSERT_TRUE(write_atomically(folder_ / "link.json", "new"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
  EXPECT_EQ(content_of(folder_ / "real.json").value_or(""), "new");
}

TEST_F(Atomic_file, that_is_a_pipe_is_written_into_and_stays_a_pipe) {
  const auto pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_TRUE(write_atomically(pipe, "all"));
  char bytes[8] = {};
  EXPECT_EQ(::read(reader, bytes, sizeof bytes), 3);
  EXPECT_STREQ(bytes, "all");
  EXPECT_TRUE(fs::is_fifo(pipe));
  ::close(reader);
}

TEST_F(Atomic_file, that_cannot_be_written_is_named) {
  const auto refused = write_atomically(folder_, "x");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find(folder_.string()), std::string::npos) << refused.error();
}

TEST_F(Atomic_file, is_tried_before_there_is_anything_to_write) {
  EXPECT_TRUE(can_write(folder_ / "a/report.json"));
  EXPECT_TRUE(fs::is_empty(folder_ / "a"));
  ASSERT_TRUE(write_atomically(folder_ / "file", "kept"));
  EXPECT_TRUE(can_write(folder_ / "file"));
  EXPECT_EQ(content_of(folder_ / "file").value_or(""), "kept");
  EXPECT_FALSE(can_write(folder_));
  EXPECT_FALSE(can_write(folder_ / "file/report.json"));
}

}  // namespace
}  // namespace nailbiter::report
