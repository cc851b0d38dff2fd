#include "harness/history/history_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "harness/history/event_names.hpp"

namespace nailbiter::history {
namespace {

history small_history() {
  history observed;
  observed.what.case_id = "text/small[transport=unix]";
  observed.what.clients.resize(1);
  observed.what.clients[0].name = "a";
  observed.events = {
      {event_kind::received_chunk, 0, 1500, '1', 6, "hello\n"},
      {event_kind::quiescent, no_actor, 1700, 0, 0, {}},
  };
  return observed;
}

text_error error_of(const std::string& text, const text_limits& limits = {}) {
  const auto parsed = from_text(text, limits);
  return parsed ? text_error{0xff} : parsed.error().error;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  return text.replace(text.find(what), what.size(), with);
}

TEST(HistoryText, has_one_line_an_event) {
  const auto text = to_text(small_history());
  EXPECT_NE(text.find("\n1500 0 received_chunk 1 6 \"hello\\n\"\n1700 - quiescent - 0 \"\"\nend 2\n"),
            std::string::npos)
      << text;
}

TEST(HistoryText, skips_comments_and_empty_lines) {
  EXPECT_EQ(from_text("# why\n\n" + to_text(small_history())).value(), small_history());
}

TEST(HistoryText, refuses_a_file_without_its_end) {
  const auto text = to_text(small_history());
  EXPECT_EQ(error_of(text.substr(0, text.find("end"))), text_error::cut);
}

TEST(HistoryText, refuses_a_file_that_lacks_an_event) {
  EXPECT_EQ(error_of(replaced(to_text(small_history()), "1700 - quiescent - 0 \"\"\n", "")), text_error::cut);
}

TEST(HistoryText, names_the_line_of_an_unknown_kind) {
  const auto parsed = from_text(replaced(to_text(small_history()), "received_chunk", "recieved_chunk"));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(to_string(parsed.error()), "line 3: unknown kind of event: recieved_chunk");
}

TEST(HistoryText, refuses_bad_fields) {
  const auto text = to_text(small_history());
  EXPECT_EQ(error_of(replaced(text, "1500 0", "15x0 0")), text_error::bad_event);
  EXPECT_EQ(error_of(replaced(text, "1500 0", "1500 -1")), text_error::bad_event);
  EXPECT_EQ(error_of(replaced(text, "1500 0", "1500 4294967295")), text_error::bad_event);
  EXPECT_EQ(error_of(replaced(text, " 1 6 ", " 11 6 ")), text_error::bad_event);
  EXPECT_EQ(error_of(replaced(text, " 1 6 ", " 1 99999999999999999999 ")), text_error::bad_event);
  EXPECT_EQ(error_of(replaced(text, "hello\\n\"", "hello")), text_error::bad_text);
  EXPECT_EQ(error_of(replaced(text, "hello\\n", "hello\\")), text_error::bad_text);
}

TEST(HistoryText, refuses_what_is_no_history) {
  EXPECT_EQ(error_of(""), text_error::not_a_history);
  EXPECT_EQ(error_of("GET / HTTP/1.1\r\n"), text_error::not_a_history);
  EXPECT_EQ(error_of("nailbiter history 1\n1 0 closed - 0 \"\"\n"), text_error::bad_plan);
  EXPECT_EQ(error_of("nailbiter history 1\nplan {\"case\n"), text_error::bad_plan);
}

TEST(HistoryText, is_bounded) {
  const auto text = to_text(small_history());
  EXPECT_EQ(error_of(text, {.events_max = 1}), text_error::too_long);
  EXPECT_EQ(error_of(text, {.line_bytes_max = 10}), text_error::too_long);
}

TEST(EventNames, are_found_again) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(event_kind::census); ++i) {
    const auto kind = static_cast<event_kind>(i);
    names.insert(name_of(kind));
    EXPECT_EQ(kind_named(name_of(kind)), kind);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(event_kind::census) + 1);
  EXPECT_FALSE(kind_named(""));
}

rc::Gen<event> arbitrary_event() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, static_cast<int>(event_kind::census) + 1), rc::gen::arbitrary<std::uint32_t>(),
                     rc::gen::arbitrary<std::uint64_t>(), rc::gen::arbitrary<char>(),
                     rc::gen::arbitrary<std::int64_t>(), rc::gen::container<std::string>(rc::gen::arbitrary<char>())),
      [](const auto& fields) {
        const auto& [kind, actor, time_ns, type, number, text] = fields;
        return event{static_cast<event_kind>(kind), actor % 3 == 0 ? no_actor : actor, time_ns, type, number, text};
      });
}

RC_GTEST_PROP(HistoryText, gives_any_history_back, ()) {
  history observed = small_history();
  observed.events = *rc::gen::container<std::vector<event>>(arbitrary_event());
  const auto parsed = from_text(to_text(observed));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(*parsed == observed);
}

RC_GTEST_PROP(HistoryText, refuses_any_cut_file, ()) {
  const auto text = to_text(small_history());
  const auto parsed = from_text(std::string_view(text).substr(0, *rc::gen::inRange<std::size_t>(0, text.size() - 1)));
  RC_ASSERT(!parsed.has_value());
}

}  // namespace
}  // namespace nailbiter::history
