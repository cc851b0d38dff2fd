#include "harness/explore/schedule.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::explore {
namespace {

schedule a_schedule() {
  schedule made;
  made.seed = 42;
  made.strategy = "portfolio";
  made.source_hash = "c0ffee";
  made.build_hash = "beef";
  made.end_ns = 5'000'000;
  made.strands = {{0, "clock"}, {1, "session"}};
  made.steps = {{.strand = 1, .chosen = 0, .ready = 2, .kind = naild::task::step_kind::read, .part = 0x83},
                {.strand = 0, .chosen = 1, .ready = 2, .kind = naild::task::step_kind::clock, .part = 2}};
  made.choices = {{.value = 1, .bound = 4}};
  return made;
}

TEST(Schedule, is_read_back_as_it_was_written) { EXPECT_EQ(parse_schedule(to_binary(a_schedule())), a_schedule()); }

RC_GTEST_PROP(Schedule, any_steps_are_read_back, (const std::vector<std::uint16_t>& ready)) {
  schedule made = a_schedule();
  for (const std::uint16_t count : ready) {
    made.steps.push_back(
        {.strand = 1, .chosen = count, .ready = static_cast<std::uint16_t>(count + 1u), .kind = {}, .part = 0});
    if (made.steps.back().ready == 0) made.steps.pop_back();
  }
  RC_ASSERT(parse_schedule(to_binary(made)) == made);
}

TEST(Schedule, every_prefix_is_refused) {
  const std::string whole = to_binary(a_schedule());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_schedule(std::string_view(whole).substr(0, size))) << size;
  }
}

TEST(Schedule, any_changed_byte_of_the_steps_is_noticed) {
  const std::string whole = to_binary(a_schedule());
  const std::size_t steps_at = whole.size() - 8 - 2 - 4 - 16;
  for (std::size_t at = steps_at; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_FALSE(parse_schedule(changed)) << at;
  }
}

TEST(Schedule, says_what_is_wrong) {
  std::string other_version = to_binary(a_schedule());
  other_version[4] = 9;
  EXPECT_EQ(parse_schedule(other_version).error(), schedule_error::unknown_version);
  EXPECT_EQ(parse_schedule("{}").error(), schedule_error::not_a_schedule);
  EXPECT_EQ(parse_schedule(to_binary(a_schedule()) + "x").error(), schedule_error::trailing_bytes);
  schedule impossible = a_schedule();
  impossible.steps[0].strand = 7;
  EXPECT_EQ(parse_schedule(to_binary(impossible)).error(), schedule_error::bad_step);
}

TEST(Schedule, of_version_1_has_no_build_hash) {
  std::string old = to_binary(a_schedule());
  const auto build_at = old.find("beef") - 2;
  old.erase(build_at, 6);
  old[4] = 1;
  auto expected = a_schedule();
  expected.build_hash.clear();
  EXPECT_EQ(parse_schedule(old), expected);
}

TEST(Schedule, a_count_that_the_bytes_cannot_hold_allocates_nothing) {
  std::string whole = to_binary(a_schedule());
  const std::size_t step_count_at = whole.size() - 8 - 2 - 4 - 16 - 4;
  whole[step_count_at + 2] = 0x7f;
  EXPECT_EQ(parse_schedule(whole).error(), schedule_error::cut_short);
  whole[step_count_at + 3] = 0x7f;
  EXPECT_EQ(parse_schedule(whole).error(), schedule_error::too_large);
}

TEST(Schedule, a_text_line_names_strand_kind_and_resource) {
  EXPECT_EQ(render(a_schedule()),
            "schedule version 2 strategy portfolio seed 42 source c0ffee build beef steps 2 choices 1 end 5000000 ns\n"
            "     0 s1 session#1 read wire_in 0/2\n"
            "     1 s0 clock#0 clock clock 1/2\n");
}

TEST(Schedule, the_hash_is_the_same_on_every_machine) {
  EXPECT_EQ(hash_of({}, {}, 0), 0xa8c7f832281a39c5u);
  EXPECT_NE(hash_of(a_schedule().steps, a_schedule().choices, 0), hash_of(a_schedule().steps, {}, 0));
}

}  // namespace
}  // namespace nailbiter::explore
