#include "reference/stdio/output_queue.hpp"

#include "tests/reference/stdio/manual_strand.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>

#include "reference/wire/decoder.hpp"

namespace naild::stdio {
namespace {

class OutputQueue : public testing::Test, public output_listener {
 public:
  void output_appeared() override { ++appeared_; }

  void write(std::string text, stream which = stream::standard_output) { strand_.start(write_task(std::move(text), which)); }

  /// What the writer would send now, in one write.
  std::string taken() {
    base::bytes bytes;
    queue_.take(bytes);
    return bytes;
  }
  void sent(std::size_t bytes) {
    queue_.sent(bytes);
    strand_.run();
  }

  support::manual_strand strand_;
  output_queue queue_{strand_, 1, 100, *this};
  std::optional<delivery> given_;
  int appeared_ = 0;

 private:
  task::task<> write_task(std::string text, stream which) {
    given_.reset();
    given_ = co_await queue_.write(which, text);
  }
};

std::string payload_of(base::byte_view bytes) {
  wire::server_chunk_decoder decoder;
  decoder.push(bytes);
  std::string all;
  for (auto next = decoder.next(); next && *next; next = decoder.next()) all += (*next)->payload;
  return all;
}

TEST_F(OutputQueue, gives_the_last_output_and_the_exit_in_one_piece) {
  write("hi");
  queue_.append(wire::server_chunk_type::exit, "7");
  EXPECT_EQ(taken(), std::string("\0\0\0\2" "1hi" "\0\0\0\1" "X7", 13));
  EXPECT_EQ(appeared_, 1);
}

TEST_F(OutputQueue, a_full_queue_makes_the_nail_wait_until_half_is_sent) {
  write(std::string(150, 'a'));
  EXPECT_FALSE(given_);
  const std::string first = taken();
  sent(first.size() / 4);
  EXPECT_FALSE(given_);
  sent(first.size() - first.size() / 4);
  EXPECT_EQ(given_, delivery::taken);
  EXPECT_EQ(payload_of(first + taken()), std::string(150, 'a'));
}

TEST_F(OutputQueue, room_wakes_who_waits_to_write_errors_too) {
  write(std::string(150, 'e'), stream::standard_error);
  const std::string first = taken();
  sent(first.size());
  EXPECT_EQ(given_, delivery::taken);
  EXPECT_EQ(payload_of(first + taken()), std::string(150, 'e'));
}

TEST_F(OutputQueue, a_cancel_ends_the_wait_and_the_stream_stays_cut) {
  write(std::string(150, 'a'));
  queue_.stop_waiting();
  strand_.run();
  EXPECT_EQ(given_, delivery::refused);
  (void)taken();
  sent(1000);
  write("more");
  EXPECT_EQ(given_, delivery::refused);
  EXPECT_TRUE(queue_.empty()) << "what comes behind a gap is not delivered";
}

TEST_F(OutputQueue, the_runs_cancel_ends_the_wait_unless_the_nail_outlasts_it) {
  queue_.wait_beyond_cancel();
  write(std::string(150, 'a'));
  queue_.cancelled();
  strand_.run();
  EXPECT_FALSE(given_);
  sent(taken().size());
  EXPECT_EQ(given_, delivery::taken);
}

TEST_F(OutputQueue, the_runs_cancel_ends_the_wait) {
  write(std::string(150, 'a'));
  queue_.cancelled();
  strand_.run();
  EXPECT_EQ(given_, delivery::refused);
}

TEST_F(OutputQueue, a_cancelled_run_may_still_write_what_finds_room) {
  queue_.stop_waiting();
  write("teardown");
  EXPECT_EQ(given_, delivery::taken);
  EXPECT_EQ(payload_of(taken()), "teardown");
}

TEST_F(OutputQueue, a_lost_peer_refuses_everything) {
  write(std::string(150, 'a'));
  queue_.discard();
  strand_.run();
  EXPECT_EQ(given_, delivery::refused);
  queue_.append(wire::server_chunk_type::exit, "0");
  EXPECT_TRUE(queue_.empty());
}

TEST_F(OutputQueue, splits_at_64_KiB_without_losing_the_tail) {
  output_queue large(strand_, 1, 1u << 20, *this);
  struct writer {
    static task::task<> run(output_queue& into, const std::string& text) {
      (void)co_await into.write(stream::standard_output, text);
    }
  };
  const std::string text(200'001, 'z');
  strand_.start(writer::run(large, text));
  base::bytes bytes;
  large.take(bytes);
  EXPECT_EQ(payload_of(bytes), text);
  EXPECT_EQ(bytes.size(), text.size() + 4 * wire::chunk_header_bytes);
}

/// What an idle queue keeps of its buffers, after one piece was queued while another was on its way.
std::size_t kept_after_two_pieces_of(std::size_t bytes, output_queue& queue) {
  const std::string text(bytes, 'z');
  base::bytes sending;
  queue.append(wire::server_chunk_type::stderr_data, text);
  queue.take(sending);
  queue.append(wire::server_chunk_type::stderr_data, text);
  queue.sent(sending.size());
  sending.clear();
  queue.take(sending);
  EXPECT_EQ(payload_of(sending), text);
  queue.sent(sending.size());
  base::bytes kept;
  queue.take(kept);
  return kept.capacity();
}

TEST_F(OutputQueue, gives_a_large_buffer_back_when_it_is_idle_and_keeps_a_small_one) {
  output_queue queue(strand_, 1, 1u << 20, *this);
  EXPECT_GE(kept_after_two_pieces_of(1'000, queue), 1'000u);
  EXPECT_LT(kept_after_two_pieces_of(100'000, queue), 5'000u);
}

}  // namespace
}  // namespace naild::stdio
