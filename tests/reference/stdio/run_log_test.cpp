#include "reference/stdio/run_log.hpp"

#include <gtest/gtest.h>

namespace naild::stdio {
namespace {

using port::severity;

struct remembered final : port::run_log_file {
  bool append(base::byte_view line) override {
    if (full) return false;
    text.append(line);
    return true;
  }
  base::bytes text;
  bool full = false;
};

TEST(RunLog, gives_lines_from_its_level_on_to_stderr) {
  run_log log;
  EXPECT_EQ(log.take(severity::debug, "a"), "");
  EXPECT_EQ(log.take(severity::info, "b"), "[info] b\n");
  log.set_level(severity::error);
  EXPECT_EQ(log.take(severity::warning, "c"), "");
  log.set_level(severity::debug);
  EXPECT_EQ(log.take(severity::debug, "d"), "[debug] d\n");
}

TEST(RunLog, writes_to_its_file_and_not_to_that_of_another) {
  run_log one, other;
  const auto file = std::make_shared<remembered>(), others = std::make_shared<remembered>();
  one.set_file(file);
  other.set_file(others);
  other.set_level(severity::warning);
  EXPECT_EQ(one.take(severity::info, "x"), "");
  EXPECT_EQ(other.take(severity::info, "y"), "");
  EXPECT_EQ(other.take(severity::error, "z"), "");
  EXPECT_EQ(file->text, "[info] x\n");
  EXPECT_EQ(others->text, "[error] z\n");
  one.set_file(nullptr);
  EXPECT_EQ(one.take(severity::info, "w"), "[info] w\n");
}

TEST(RunLog, loses_no_line_when_its_file_takes_no_more) {
  run_log log;
  const auto file = std::make_shared<remembered>();
  log.set_file(file);
  file->full = true;
  EXPECT_EQ(log.take(severity::error, "no space"), "[error] no space\n");
}

}  // namespace
}  // namespace naild::stdio
