#include "reference/stdio/shared_output.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <thread>

namespace naild::stdio {
namespace {

constexpr auto out = stream::standard_output;
constexpr auto err = stream::standard_error;

struct recording_sink final : late_sink {
  void late_output(stream, base::byte_view text) noexcept override { text_ += text; }
  std::string text_;
};

struct counting_watcher final : output_watcher {
  void output_waits() noexcept override { ++told; }
  int told = 0;
};

struct fixture {
  counting_watcher watcher;
  recording_sink sink;
  shared_output output{watcher, sink, {.queued_bytes_max = 10, .late_bytes_max = 6}};

  std::string take(stream which = out) {
    std::vector<output_piece> batch;
    (void)output.take(batch);
    std::string text;
    for (const output_piece& each : batch) text += each.which == which ? each.text : std::string();
    return text;
  }
};

struct marking_renderer final : renderer {
  void render(stream which, base::byte_view text) override { (void)output->write_as_owner(which, '<' + std::string(text) + '>'); }
  shared_output* output = nullptr;
};

TEST(SharedOutput, keeps_the_order_of_each_stream) {
  fixture f;
  f.output.write(out, "a");
  f.output.write(err, "b");
  f.output.write(out, "c");
  std::vector<output_piece> batch;
  ASSERT_TRUE(f.output.take(batch));
  ASSERT_EQ(batch.size(), 3u);
  EXPECT_EQ(batch[1].text, "b");
  EXPECT_EQ(batch[2].text, "c");
}

TEST(SharedOutput, tells_of_the_first_byte_after_it_was_found_empty_and_not_again) {
  fixture f;
  f.output.write(out, "a");
  EXPECT_EQ(f.watcher.told, 0);
  EXPECT_EQ(f.take(), "a");
  EXPECT_EQ(f.take(), "");
  f.output.write(out, "b");
  f.output.write(out, "c");
  EXPECT_EQ(f.watcher.told, 1);
}

TEST(SharedOutput, a_writer_waits_for_room_until_something_is_taken) {
  fixture f;
  f.output.write(out, "0123456789");
  std::jthread writer([&] { f.output.write(out, "more"); });
  EXPECT_EQ(f.take(), "0123456789");
  writer.join();
  EXPECT_EQ(f.take(), "more");
}

TEST(SharedOutput, takes_a_piece_larger_than_its_bound_when_it_is_empty) {
  fixture f;
  f.output.write(out, "0123456789abcdef");
  EXPECT_EQ(f.take(), "0123456789abcdef");
}

TEST(SharedOutput, detaching_frees_every_writer_and_hands_what_they_hold_to_the_sink) {
  fixture f;
  f.output.write(out, "0123456789");
  delivery first{}, second{};
  {
    std::jthread one([&] { first = f.output.write(out, "one"); });
    std::jthread two([&] { second = f.output.write(err, "two"); });
    f.output.detach();
  }
  EXPECT_EQ(first, delivery::refused);
  EXPECT_EQ(second, delivery::refused);
  EXPECT_TRUE(f.sink.text_ == "onetwo" || f.sink.text_ == "twoone") << f.sink.text_;
  EXPECT_EQ(f.take(), "0123456789");  // what was written before is still the client's
}

TEST(SharedOutput, the_sink_gets_no_more_than_its_bound) {
  fixture f;
  f.output.detach();
  EXPECT_EQ(f.output.write(out, "0123"), delivery::refused);
  EXPECT_EQ(f.output.write(out, "4567"), delivery::refused);
  EXPECT_EQ(f.output.write(out, "89"), delivery::refused);
  EXPECT_EQ(f.sink.text_, "012345");
  EXPECT_EQ(f.output.late_bytes(), 10u);
}

TEST(SharedOutput, a_cut_stream_does_not_cut_the_other_one) {
  fixture f;
  f.output.cut(out);
  EXPECT_EQ(f.output.write(out, "x"), delivery::refused);
  EXPECT_EQ(f.output.write(err, "y"), delivery::taken);
  EXPECT_EQ(f.take(err), "y");
}

TEST(SharedOutput, others_are_drawn_while_the_console_has_an_owner_and_not_after) {
  fixture f;
  marking_renderer drawn;
  drawn.output = &f.output;
  ASSERT_TRUE(f.output.take_console(drawn));
  EXPECT_FALSE(f.output.take_console(drawn));
  f.output.write(out, "a");
  f.output.write_as_owner(out, "b");
  f.output.release_console();
  f.output.write(out, "c");
  EXPECT_EQ(f.take(), "<a>bc");
  EXPECT_TRUE(f.output.take_console(drawn));
  f.output.release_console();
}

}  // namespace
}  // namespace naild::stdio
