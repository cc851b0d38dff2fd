#include "harness/scenario/requirements.hpp"

#include <gtest/gtest.h>

namespace nailbiter::scenario {
namespace {

TEST(Requirements, all_invariants_features_and_defects_are_there_in_order) {
  EXPECT_EQ(requirements().size(), 12u + 35u + 15u);
  EXPECT_EQ(requirements().front().id, "I1");
  EXPECT_EQ(requirements().back().id, "U15");
  for (const requirement& one : requirements()) EXPECT_FALSE(one.text.empty()) << one.id;
}

TEST(Requirements, ids_beyond_the_registry_are_unknown) {
  EXPECT_NE(find_requirement("F35"), nullptr);
  EXPECT_EQ(find_requirement("F36"), nullptr);
  EXPECT_EQ(find_requirement("i1"), nullptr);
}

TEST(Requirements, upstream_ids_are_defects_races_and_issue_numbers) {
  for (const char* id : {"U1", "U15", "K16", "#11252"}) EXPECT_TRUE(is_upstream_id(id)) << id;
  for (const char* id : {"U16", "K0", "K17", "#", "#x", "11252", "U01", ""}) EXPECT_FALSE(is_upstream_id(id)) << id;
}

}  // namespace
}  // namespace nailbiter::scenario
