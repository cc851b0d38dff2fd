#include "harness/report/redact.hpp"

#include <gtest/gtest.h>

namespace nailbiter::report {
namespace {

plan::plan with_environment(std::vector<std::string> entries) {
  plan::plan what;
  what.clients.push_back({.name = "a", .environment = std::move(entries)});
  return what;
}

TEST(Redact, writes_only_values_that_the_allow_list_names) {
  const auto shown = redacted(with_environment({"PATH=/bin", "TOKEN=s3cret", "LC_ALL=C", "BROKEN"}));
  EXPECT_EQ(shown.clients[0].environment, (std::vector<std::string>{"PATH=/bin", "TOKEN=<redacted>", "LC_ALL=C", "BROKEN"}));
}

TEST(Redact, strikes_secrets_out_of_logs) {
  const secrets all(with_environment({"TOKEN=s3cret", "PATH=/visible"}), {"CI_KEY=0123456789", "SHORT=ab"});
  EXPECT_EQ(all.struck_out("E TOKEN=s3cret /visible 0123456789 ab"), "E TOKEN=<redacted> /visible <redacted> ab");
}

TEST(Redact, strikes_a_longer_secret_out_before_one_inside_it) {
  const secrets all(with_environment({"A=inner", "B=inner-outer"}), {});
  EXPECT_EQ(all.struck_out("inner-outer"), "<redacted>");
}

TEST(Redact, strikes_pieces_of_what_the_process_was_given) {
  const secrets all(with_environment({"A=of a scenario, and public"}), {"CI_KEY=abcdefghijklmnopqrstuvwxyz"});
  EXPECT_EQ(all.struck_out("\"...mnopqrstuvwxyz\" and \"abcdefghijkl...\""), "\"...<redacted>\" and \"<redacted>...\"");
  EXPECT_EQ(all.struck_out("fghijklmnopqrstu"), "<redacted>");
  EXPECT_EQ(all.struck_out("abcdefghijk defghijklmn"), "abcdefghijk defghijklmn") << "eleven bytes say little";
  EXPECT_EQ(all.struck_out("scenario, and"), "scenario, and");
}

TEST(Redact, gets_values_back_from_the_scenario) {
  const auto original = with_environment({"TOKEN=s3cret", "PATH=/bin"});
  auto stored = redacted(original);
  ASSERT_TRUE(restore(stored, original));
  EXPECT_EQ(stored, original);
}

TEST(Redact, refuses_to_restore_what_the_scenario_does_not_name) {
  auto stored = redacted(with_environment({"TOKEN=s3cret"}));
  EXPECT_FALSE(restore(stored, with_environment({"OTHER=1"})));
}

}  // namespace
}  // namespace nailbiter::report
