#include <algorithm>
#include <utility>

#include "harness/actor/client.hpp"
#include "harness/plan/self_identifying.hpp"
#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::actor {

using naild::base::io_error;
using naild::task::label_of;
using naild::task::session_part;
using naild::task::step_kind;
using naild::task::task;

namespace {

constexpr std::size_t shown_stdin_bytes = 64;
constexpr std::uint64_t missed_beats_max = 50;  // that only a jump of time can make

}  // namespace

task<> client::read_all(naild::port::byte_stream& stream) {
  const std::size_t step_bytes = what_.read_bytes_per_step > 0 ? std::size_t(what_.read_bytes_per_step) : where_.read_buffer_bytes;
  const auto buffer = std::make_unique_for_overwrite<char[]>(step_bytes);
  while (!read_ended_) {
    while (paused_ && stream_ != nullptr) co_await read_wake_;
    if (stream_ == nullptr) break;
    const auto got = co_await stream.read_some({buffer.get(), step_bytes});
    if (!got) {
      note_end(got.error());
      break;
    }
    read_ += *got;
    decoder_.push({buffer.get(), *got});
    if (!take_chunks()) break;
    notify();
  }
  read_ended_ = true;
  feed_wake_.set();
  notify();
}

/// False when the bytes are no chunks any more.
bool client::take_chunks() {
  for (;;) {
    std::optional<wire::server_chunk> next = decoder_.next();
    if (!next) break;
    take(std::move(*next));
  }
  if (decoder_.lost()) note_bad_bytes();
  return !decoder_.lost();
}

void client::note_bad_bytes() { note(event_kind::received_bad_bytes, to_string(decoder_.irregularities().back())); }

// Bytes of a chunk that was cut are an observation of their own, before the end itself. A reset may cut anywhere: there
// it is the reset that lost the rest.
void client::note_end(io_error why) {
  if (why == io_error::aborted) return;  // the client's own doing
  const std::uint64_t irregular_before = decoder_.irregularity_count();
  decoder_.finish();
  if (why == io_error::end_of_stream && decoder_.irregularity_count() > irregular_before) note_bad_bytes();
  note(why == io_error::end_of_stream ? event_kind::received_end : event_kind::received_reset);
}

void client::take(wire::server_chunk&& got) {
  const auto type = static_cast<char>(got.type);
  switch (type) {
    case '1': stdout_bytes_ += got.payload.size(); [[fallthrough]];
    case '2': output_bytes_ += got.payload.size(); break;
    case 'S':
      ++grants_;
      feed_wake_.set();
      break;
    case 'X':
      exit_seen_ = true;
      feed_wake_.set();
      if (ops_done_ && !write_ended_ && stream_ != nullptr) stream_->shutdown_write();
      break;
    default: break;
  }
  const auto bytes = static_cast<std::int64_t>(got.payload.size());
  note(event_kind::received_chunk, std::move(got.payload), bytes, type);
}

bool client::feeding() const noexcept { return !stdin_ended_ && !write_ended_ && !read_ended_ && !exit_seen_ && !aborted_; }

std::string_view client::next_stdin() const noexcept {
  if (what_.stdin_from == plan::stdin_source::flood) return flood_;
  if (what_.stdin_from == plan::stdin_source::empty) return {};
  return std::string_view(what_.stdin_text).substr(stdin_at_, std::max<std::uint64_t>(what_.stdin_chunk_bytes, 1));
}

bool client::streams_stdin() const noexcept {
  return what_.pace == plan::stdin_pace::streaming || what_.stdin_from == plan::stdin_source::flood;
}

task<> client::feed() {
  while (feeding()) {
    if (grants_ == 0 || stopped_ || (!streams_stdin() && grants_used_ >= grants_)) {
      co_await feed_wake_;
      continue;
    }
    ++grants_used_;
    if (what_.stdin_from == plan::stdin_source::flood) {
      flood_.clear();
      plan::append_stream(flood_, {.run = what_.name, .fd = 0}, stdin_at_, std::max<std::uint64_t>(what_.stdin_chunk_bytes, 1));
    }
    const std::string_view piece = next_stdin();
    const char type = piece.empty() ? '.' : '0';
    std::string bytes;
    wire::append_chunk(bytes, type, piece);
    const bool sent = co_await write(bytes, feed_wake_, type == '0');
    if (!sent) break;
    note(event_kind::sent_chunk, std::string(piece.substr(0, shown_stdin_bytes)), static_cast<std::int64_t>(piece.size()), type);
    if (type == '.') stdin_ended_ = true;
    stdin_at_ += piece.size();
    notify();
  }
  feeder_done_ = true;
  notify();
}

task<> client::beat() {
  const auto timer = where_.world.time.make_timer(label_of(actor_session(actor_), step_kind::timer, session_part::timer));
  timer_ = timer.get();
  auto next = where_.world.time.now();
  std::string bytes;
  wire::append_chunk(bytes, 'H', {});
  while (!write_ended_ && !read_ended_) {
    next += naild::port::milliseconds(what_.heartbeat_ms);
    // After a jump of time, beats that were not sent are not made up for.
    if (next + missed_beats_max * naild::port::milliseconds(what_.heartbeat_ms) < where_.world.time.now()) next = where_.world.time.now();
    const auto waited = co_await timer->until(next);
    if (!waited || write_ended_ || read_ended_) break;
    if (writing_ || stopped_) continue;  // what is being written speaks for the client
    const bool sent = co_await write(bytes, ops_wake_, false);
    if (!sent) break;
    ++beats_;
    note(event_kind::sent_chunk, {}, 0, 'H');
  }
  timer_ = nullptr;
}

/// All bytes, whole, between nobody else's; false when the connection takes no more. `turn` wakes the caller when
/// another write has ended.
task<bool> client::write(naild::base::byte_view bytes, naild::task::event& turn, bool counts_as_stdin) {
  const bool is_feed = &turn == &feed_wake_;
  while ((writing_ || (is_feed && ops_have_turn_)) && !write_ended_ && !read_ended_ && !aborted_) {
    ops_want_turn_ |= !is_feed;
    co_await turn;
  }
  if (!is_feed) ops_have_turn_ = false;
  if (writing_ || write_ended_ || stream_ == nullptr) co_return false;
  writing_ = true;
  naild::port::byte_stream& stream = *stream_;
  std::size_t done = 0;
  bool taken = true;
  while (done < bytes.size() && taken) {
    const auto count = co_await stream.write_some(bytes.substr(done));
    taken = count.has_value();
    if (!taken) break;
    if (counts_as_stdin) stdin_sent_ += std::max(done + *count, chunk_header_bytes) - std::max(done, chunk_header_bytes);
    done += *count;
    written_ += *count;
    if (counts_as_stdin) notify();
  }
  writing_ = false;
  if (!taken) write_ended_ = true;
  feed_wake_.set();
  // Before the feeder writes again, which never waits for anything else.
  ops_have_turn_ = std::exchange(ops_want_turn_, false);
  if (ops_have_turn_) ops_wake_.set();
  co_return taken;
}

}  // namespace nailbiter::actor
