// Spill files: the simulated ones and those of the kernel keep the same promises.

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/sim/spill_files.hpp"
#include "reference/io/spill_files.hpp"

namespace contract {
namespace {

using naild::port::spill_file;
using naild::port::spill_files;

constexpr std::size_t small_disk_bytes = 64 * 1024;

/// While it lives no file of this process grows beyond the size: as a disk that is full.
class small_disk {
 public:
  small_disk() : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &limit_);
    rlimit smaller = limit_;
    smaller.rlim_cur = small_disk_bytes;
    ::setrlimit(RLIMIT_FSIZE, &smaller);
  }
  small_disk(const small_disk&) = delete;
  small_disk& operator=(const small_disk&) = delete;
  ~small_disk() {
    ::setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  void (*before_)(int);
  rlimit limit_{};
};

struct disk_kind {
  std::string name;
  std::function<std::unique_ptr<spill_files>()> roomy;
  std::function<std::unique_ptr<spill_files>()> small;    // for small_disk_bytes in one file, inside a small_disk
  std::function<std::unique_ptr<spill_files>()> without;  // no file can be made
};

class spill_contract : public testing::TestWithParam<disk_kind> {};

std::string read(spill_file& file, std::uint64_t offset, std::size_t count) {
  std::string text(count, '?');
  return file.read_at(offset, text) ? text : "<not there>";
}

TEST_P(spill_contract, gives_back_what_was_appended_from_anywhere) {
  const auto files = GetParam().roomy();
  const auto file = files->make();
  ASSERT_NE(file, nullptr);
  EXPECT_TRUE(file->append("0123"));
  EXPECT_TRUE(file->append(""));
  EXPECT_TRUE(file->append("456789"));
  EXPECT_EQ(read(*file, 2, 5), "23456");
  EXPECT_EQ(read(*file, 0, 10), "0123456789");
  EXPECT_EQ(read(*file, 10, 0), "");
}

TEST_P(spill_contract, has_nothing_beyond_its_end) {
  const auto files = GetParam().roomy();
  const auto file = files->make();
  EXPECT_EQ(read(*file, 0, 1), "<not there>");
  ASSERT_TRUE(file->append("0123"));
  EXPECT_EQ(read(*file, 3, 2), "<not there>");
  EXPECT_EQ(read(*file, 1000, 1), "<not there>");
}

TEST_P(spill_contract, begins_again_when_it_was_cleared) {
  const auto files = GetParam().roomy();
  const auto file = files->make();
  ASSERT_TRUE(file->append("0123"));
  file->clear();
  EXPECT_EQ(read(*file, 0, 1), "<not there>");
  ASSERT_TRUE(file->append("new"));
  EXPECT_EQ(read(*file, 0, 3), "new");
}

TEST_P(spill_contract, keeps_its_files_apart) {
  const auto files = GetParam().roomy();
  const auto one = files->make();
  const auto other = files->make();
  ASSERT_TRUE(one->append("one"));
  ASSERT_TRUE(other->append("other"));
  EXPECT_EQ(read(*one, 0, 3), "one");
  EXPECT_EQ(read(*other, 0, 5), "other");
}

TEST_P(spill_contract, a_full_disk_takes_all_of_it_or_leaves_the_end_where_it_was) {
  const small_disk scope;
  const auto files = GetParam().small();
  const auto file = files->make();
  ASSERT_TRUE(file->append(std::string(small_disk_bytes - 10, 'a')));
  EXPECT_FALSE(file->append(std::string(100, 'b')));
  EXPECT_TRUE(file->append("0123456789"));
  EXPECT_EQ(read(*file, small_disk_bytes - 12, 12), "aa0123456789");
  EXPECT_FALSE(file->append("c"));
  file->clear();
  EXPECT_TRUE(file->append("room again"));
}

TEST_P(spill_contract, says_where_no_file_can_be_made) { EXPECT_EQ(GetParam().without()->make(), nullptr); }

template <class Files, class... Options>
std::function<std::unique_ptr<spill_files>()> made_with(Options... options) {
  return [=] { return std::make_unique<Files>(options...); };
}

using naild_files = naild::io::spill_files;
using simulated = nailbiter::sim::spill_files;
using nailbiter::sim::disk_options;

INSTANTIATE_TEST_SUITE_P(
    of, spill_contract,
    testing::Values(disk_kind{"kernel", made_with<naild_files>(), made_with<naild_files>(),
                              made_with<naild_files>(std::string("/no-such-directory"))},
                    disk_kind{"simulated", made_with<simulated>(disk_options{}),
                              made_with<simulated>(disk_options{.bytes_max = small_disk_bytes}),
                              made_with<simulated>(disk_options{.makes_files = false})}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace contract
