#include "harness/plan/self_identifying.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::plan {
namespace {

TEST(SelfIdentifying, a_line_names_run_stream_and_offset_in_64_bytes) {
  const std::string bytes = stream_bytes({.run = "a", .fd = 2}, 130);
  EXPECT_EQ(bytes.substr(0, 64), "NB a 2 0" + std::string(55, '.') + "\n");
  EXPECT_EQ(bytes.substr(64, 64), "NB a 2 64" + std::string(54, '.') + "\n");
  EXPECT_EQ(bytes.substr(128), "NB");
}

TEST(SelfIdentifying, a_very_long_name_is_cut_to_the_line) {
  EXPECT_EQ(stream_bytes({.run = std::string(100, 'r'), .fd = 1}, 64), "NB " + std::string(60, 'r') + "\n");
}

TEST(SelfIdentifying, a_slice_names_its_owner) {
  const std::string bytes = stream_bytes({.run = "peer-12", .fd = 1}, 4096);
  EXPECT_EQ(owner_of(std::string_view(bytes).substr(77, 128)), (stream_id{.run = "peer-12", .fd = 1}));
  EXPECT_EQ(owner_of("no such line").run, "");
}

RC_GTEST_PROP(SelfIdentifying, any_slice_equals_the_same_part_of_the_whole, ()) {
  const stream_id id{.run = "run", .fd = 1};
  const auto offset = *rc::gen::inRange<std::uint64_t>(0, 3000);
  const auto count = *rc::gen::inRange<std::uint64_t>(0, 3000);
  std::string slice;
  append_stream(slice, id, offset, count);
  RC_ASSERT(slice == stream_bytes(id, offset + count).substr(offset));
  RC_ASSERT(matching_stream_bytes(slice, id, offset) == count);
}

RC_GTEST_PROP(SelfIdentifying, the_first_foreign_byte_ends_the_match, ()) {
  const stream_id id{.run = "run", .fd = 1};
  std::string bytes = stream_bytes(id, 1000);
  const auto at = *rc::gen::inRange<std::uint64_t>(0, 1000);
  bytes[at] = '\x01';
  RC_ASSERT(matching_stream_bytes(bytes, id, 0) == at);
}

}  // namespace
}  // namespace nailbiter::plan
