#include "harness/actor/client.hpp"

#include <utility>

#include <fmt/core.h>

#include "harness/actor/command_line.hpp"

namespace nailbiter::actor {

using naild::task::label_of;
using naild::task::session_part;
using naild::task::step_kind;
using naild::task::task;

client::client(const setting& where, const plan::client& what, std::uint32_t actor, naild::task::strand& own, recorder& into,
               company& others)
    : where_(where),
      what_(what),
      actor_(actor),
      own_(own),
      record_(into),
      others_(others),
      ops_wake_(own, label_of(actor_session(actor), step_kind::wake, session_part::state)),
      feed_wake_(own, label_of(actor_session(actor), step_kind::wake, session_part::stdin_pipe)),
      read_wake_(own, label_of(actor_session(actor), step_kind::wake, session_part::wire_in)) {}

task<> client::run() {
  phase_ = "its connection";
  if (needs_process(what_)) {
    co_await live_in_process();
  } else {
    co_await live_here();
  }
  done_ = true;
  note(event_kind::client_finished);
  others_.finished(actor_);
}

task<> client::live_here() {
  std::unique_ptr<naild::port::connection_attempt> attempt = where_.world.network.prepare(where_.daemon);
  attempt_ = attempt.get();
  naild::port::stream_result stream = tl::unexpected(naild::base::io_error::aborted);
  if (!aborted_) stream = co_await attempt->connect();
  attempt_ = nullptr;
  if (stream) {
    co_await use(**stream);
  } else {
    note(event_kind::connect_failed, describe(stream.error()));
  }
}

task<> client::live_in_process() {
  tl::expected<client_process*, std::string> made = tl::unexpected(std::string("no processes here"));
  if (where_.processes != nullptr) made = where_.processes->start(where_.daemon);
  if (!made) {
    note(event_kind::connect_failed, made.error());
    co_return;
  }
  process_ = *made;
  naild::port::byte_stream& stream = process_->stream();
  stream_ = &stream;
  char first = 0;
  const auto told = co_await stream.read_some({&first, 1});
  if (told && first == client_process::connected_byte) {
    co_await use(stream);
  } else {
    note(event_kind::connect_failed, "its process does not say that it is connected");
  }
  stream_ = nullptr;
  process_ = nullptr;
}

task<> client::use(naild::port::byte_stream& stream) {
  note(event_kind::connected);
  const std::uint32_t session = actor_session(actor_);
  stream.set_labels(label_of(session, step_kind::read, session_part::wire_in),
                    label_of(session, step_kind::write, session_part::wire_out),
                    label_of(session, step_kind::wake, session_part::wire_in));
  stream_ = &stream;
  co_await converse(stream);
  stream_ = nullptr;
}

task<> client::converse(naild::port::byte_stream& stream) {
  naild::task::group helpers(own_, label_of(actor_session(actor_), step_kind::spawn, session_part::state));
  if (what_.header) {
    phase_ = "the connection to take its header";
    const std::string header = header_bytes(what_, where_);
    const bool sent = co_await write(header, ops_wake_, false);
    if (sent) note(event_kind::sent_header);
    co_await settle();  // before anybody else writes
  }
  if (what_.starts_at_turn != 0) others_.take(what_.starts_at_turn);
  if (what_.stdin_from != plan::stdin_source::none) {
    feeder_done_ = false;
    helpers.start(feed());
  }
  if (what_.heartbeat_ms > 0) helpers.start(beat());
  if (what_.ops.empty()) {
    ops_done_ = true;
    phase_ = "the end of its run";
    co_await read_all(stream);
  } else {
    helpers.start(read_all(stream));
    co_await perform_ops();
    ops_done_ = true;
    others_.forfeit(actor_);
    phase_ = "the end of its run";
    paused_ = false;
    read_wake_.set();
    // Many daemons keep the connection until the client leaves: after `X` the end of writing says only that.
    if (exit_seen_ && !write_ended_) stream.shutdown_write();
    while (!read_ended_) co_await ops_wake_;
  }
  phase_ = "its own tasks";
  if (stream_ != nullptr) end_connection(event_kind::closed);
  co_await helpers.join();
}

void client::end_connection(event_kind how) {
  naild::port::byte_stream* stream = std::exchange(stream_, nullptr);
  note(how);
  write_ended_ = true;
  how == event_kind::reset ? stream->reset() : stream->close();
  if (timer_ != nullptr) timer_->cancel();
  feed_wake_.set();
  read_wake_.set();
}

void client::abort() {
  aborted_ = true;
  if (attempt_ != nullptr) attempt_->cancel();
  if (stream_ != nullptr) end_connection(event_kind::closed);
  notify();
}

void client::on_news(const run_news& news) {
  switch (news.what) {
    case event_kind::run_hello: hello_ = true; break;
    case event_kind::run_at: tokens_reached_.push_back(news.text); break;
    case event_kind::run_blocked: blocked_ = true; break;
    case event_kind::run_lost:
    case event_kind::run_exit: run_over_ = true; break;
    default: return;
  }
  notify();
}

// Wakes the ops only for what they wait for, so that no step of a schedule is spent on nothing.
void client::notify() {
  if (ops_done_) {
    if (read_ended_ && !what_.ops.empty()) ops_wake_.set();
    return;
  }
  if (waiting_for_ != nullptr && (aborted_ || reached(*waiting_for_) || hopeless(*waiting_for_))) ops_wake_.set();
}

std::string client::awaited() const {
  if (done_) return {};
  const std::string what = waiting_for_ != nullptr ? to_string(*waiting_for_) : std::string(phase_);
  // Where `S` came once and is awaited once a chunk, that is all that is wrong.
  const bool holds_stdin_back = what_.stdin_from != plan::stdin_source::none && feeding() && !streams_stdin() && grants_ != 0 && grants_used_ >= grants_;
  return fmt::format("{}: {}{}", what_.name, what, holds_stdin_back ? ", and another `S` for the stdin that it has left" : "");
}

}  // namespace nailbiter::actor
