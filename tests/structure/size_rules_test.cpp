// Files hold one concept and functions one thought: bounds that catch what has grown past both.

#include <gtest/gtest.h>

#include "tests/structure/source_tree_support.hpp"

namespace structure {
namespace {

constexpr std::size_t file_lines_max = 400;
constexpr std::size_t function_lines_max = 60;

TEST(SizeRules, no_file_is_longer_than_the_bound) {
  for (const source_file& file : sources_below({"reference", "harness", "fuzz", "tests"})) {
    EXPECT_LE(file.lines.size(), file_lines_max) << file.path;
  }
}

TEST(SizeRules, no_function_is_longer_than_the_bound) {
  for (const source_file& file : sources_below({"reference", "harness", "fuzz"})) {
    for (const function_extent& function : functions_of(file)) {
      EXPECT_LE(function.line_count, function_lines_max) << file.path << ":" << function.first_line;
    }
  }
}

TEST(SizeRules, a_long_function_inside_namespace_and_class_is_seen) {
  source_file file{.path = "x.cpp", .lines = {"namespace a {", "struct b {", "  int f(int x) const {"}};
  for (int line = 0; line < 70; ++line) file.lines.push_back("    if (x) { return \"}\"[0]; }  // }");
  file.lines.insert(file.lines.end(), {"  }", "};", "}"});
  const auto functions = functions_of(file);
  ASSERT_EQ(functions.size(), 1u);
  EXPECT_EQ(functions[0].first_line, 3u);
  EXPECT_EQ(functions[0].line_count, 72u);
}

TEST(SizeRules, a_table_of_values_is_no_function) {
  const source_file file{.path = "x.cpp", .lines = {"const int table[] = {", "  1,", "};", "void g() {", "}"}};
  ASSERT_EQ(functions_of(file).size(), 1u);
  EXPECT_EQ(functions_of(file)[0].first_line, 4u);
}

}  // namespace
}  // namespace structure
