#include "harness/target/sanitizer_log.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nailbiter::target {
namespace {

// As gcc 12 writes it, shortened.
const std::string race_text = R"(naild: info: session 3: begins
==================
WARNING: ThreadSanitizer: data race (pid=4711)
  Write of size 8 at 0x7b0400000010 by thread T2:
    #0 operator delete(void*) ../../../../src/libsanitizer/tsan/tsan_new_delete.cpp:126 (libtsan.so.2+0x8a2a0)
    #1 count(int) /src/reference/table.cpp:12:3 (naild+0x1a2b)

  Previous read of size 8 at 0x7b0400000010 by thread T1:
    #0 look() /src/reference/table.cpp:40 (naild+0x1a2c)
    #1 main /src/naild.cpp:9 (naild+0x1)

SUMMARY: ThreadSanitizer: data race /src/reference/table.cpp:12:3 in count(int)
==================
naild: this is in session 3
)";

const std::string freed_text = R"(=================================================================
==99==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x5581 bp 0x7ffd sp 0x7ffd
READ of size 1 at 0x602000000010 thread T0
    #0 0x5581a in look(char const*) /src/reference/table.cpp:33
    #1 0x5581b in main /src/naild.cpp:9

0x602000000010 is located 0 bytes inside of 1-byte region
freed by thread T0 here:
    #0 0x7f1 in operator delete(void*) ../../../../src/libsanitizer/asan/asan_new_delete.cpp:152
    #1 0x5581c in drop() /src/reference/table.cpp:21

SUMMARY: AddressSanitizer: heap-use-after-free /src/reference/table.cpp:33 in look(char const*)
)";

TEST(SanitizerLog, reduces_a_race_to_its_places_and_takes_the_session_from_the_line_after_it) {
  sanitizer_log log;
  log.push(race_text);
  const auto found = log.take();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].race);
  EXPECT_EQ(found[0].text, "data race: count(int) table.cpp:12:3 | look() table.cpp:40");
  EXPECT_EQ(found[0].session, 3u);
  EXPECT_FALSE(log.inside_report());
}

TEST(SanitizerLog, cuts_the_place_off_a_kind_where_it_was_built_with_relative_paths) {
  sanitizer_log log;
  auto text = race_text;
  text.replace(text.find("race /src/"), 10, "race ");
  log.push(text);
  EXPECT_EQ(log.take().at(0).text, "data race: count(int) table.cpp:12:3 | look() table.cpp:40");
}

TEST(SanitizerLog, knows_memory_errors) {
  sanitizer_log log;
  log.push(freed_text);
  const auto found = log.take();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].race);
  EXPECT_EQ(found[0].text, "heap-use-after-free: look(char const*) table.cpp:33 | drop() table.cpp:21");
  EXPECT_EQ(found[0].session, 0u);
}

TEST(SanitizerLog, reads_a_log_that_is_cut_anywhere) {
  sanitizer_log whole;
  whole.push(race_text + freed_text);
  const auto expected = whole.take();
  for (std::size_t cut = 0; cut < race_text.size(); ++cut) {
    sanitizer_log log;
    log.push(race_text.substr(0, cut));
    log.push(race_text.substr(cut) + freed_text);
    EXPECT_EQ(log.take(), expected) << cut;
  }
}

TEST(SanitizerLog, knows_that_a_report_has_not_ended) {
  sanitizer_log log;
  log.push(race_text.substr(0, race_text.find("SUMMARY")));
  EXPECT_TRUE(log.inside_report());
  EXPECT_TRUE(log.take().empty());
}

TEST(SanitizerLog, tells_the_same_stacks_once) {
  sanitizer_log log;
  log.push(race_text);
  log.push(race_text);
  EXPECT_EQ(log.take().size(), 1u);
  log.push(race_text);
  EXPECT_TRUE(log.take().empty());
}

TEST(SanitizerLog, finds_nothing_in_ordinary_lines) {
  sanitizer_log log;
  log.push("naild: warning: SUMMARY: all is well\n    #0 not a frame\n");
  EXPECT_TRUE(log.take().empty());
  EXPECT_FALSE(log.inside_report());
}

TEST(SanitizerLog, a_plain_executable_has_none) {
  EXPECT_EQ(sanitizers_of("/bin/true"), "");
  EXPECT_EQ(sanitizers_of("/no/such/file"), "");
}

}  // namespace
}  // namespace nailbiter::target
