#include "reference/base/plain_json.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

namespace naild::base {
namespace {

TEST(PlainObject, reads_texts_and_whole_numbers) {
  const auto read = plain_object::read(R"( {"run": "a","ev":"exit", "code":-7 , "pid":0} )");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), 4U);
  EXPECT_EQ(read->text("run"), "a");
  EXPECT_EQ(read->number("code"), -7);
  EXPECT_EQ(read->number("pid"), 0);
  EXPECT_EQ(read->text("code"), std::nullopt);
  EXPECT_EQ(read->number("run"), std::nullopt);
  EXPECT_EQ(read->text("none"), std::nullopt);
}

TEST(PlainText, is_what_a_json_string_holds_as_it_is) {
  EXPECT_TRUE(is_plain_text(""));
  EXPECT_TRUE(is_plain_text("out a; exit ~"));
  for (const char* other : {"a\"", "a\\", "a\n", "\x7f", "\xc3\xa9"}) EXPECT_FALSE(is_plain_text(other)) << other;
}

TEST(PlainObject, leaves_everything_else_to_a_library) {
  for (const char* other : {"", "{", "[]", "{}x", R"({"a":1.5})", R"({"a":1e3})", R"({"a":01})", R"({"a":-})", R"({"a":true})", R"({"a":{}})",
                            R"({"a":"\n"})", "{\"a\":\"\xc3\xa9\"}", R"({"a":1,"a":2})", R"({"a":1,})", R"({a:1})", R"({"a":1234567890123456789})",
                            R"({"a":"1})", "{\"a\":\"1\t\"}", R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1})"}) {
    EXPECT_FALSE(plain_object::read(other)) << other;
  }
}

// Lines that are nearly of the common form: made of its pieces, in any order.
rc::Gen<std::string> nearly_plain() {
  const auto pieces = rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("{", "}", "\"", "a", "b", "\"a\":", "\"b\":", "1", "-", "0", "12", ".5", ",", ":", " ", "\\", "\"a\"", "\n", "é"));
  return rc::gen::oneOf(
      rc::gen::map(pieces, [](const std::vector<std::string>& all) {
        std::string line;
        for (const std::string& piece : all) line += piece;
        return line;
      }),
      rc::gen::map(pieces, [](const std::vector<std::string>& all) {
        std::string line = "{\"a\":";
        for (const std::string& piece : all) line += piece;
        return line + "}";
      }));
}

// What it reads is JSON, and means what the library says.
RC_GTEST_PROP(PlainObject, agrees_with_a_library, ()) {
  const std::string line = *nearly_plain();
  const auto read = plain_object::read(line);
  RC_CLASSIFY(read.has_value());
  if (!read) return;
  const auto object = nlohmann::json::parse(line, nullptr, false);
  RC_ASSERT(object.is_object());
  RC_ASSERT(object.size() == read->size());
  for (const auto& [key, value] : object.items()) {
    if (value.is_string()) RC_ASSERT(read->text(key) == value.get<std::string>());
    if (!value.is_string()) RC_ASSERT(read->number(key) == value.get<std::int64_t>());
  }
}

}  // namespace
}  // namespace naild::base
