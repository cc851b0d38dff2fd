#include <algorithm>
#include <utility>

#include "harness/actor/client.hpp"
#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::actor {

using naild::task::label_of;
using naild::task::session_part;
using naild::task::step_kind;
using naild::task::task;
using plan::op_kind;

namespace {

// A connection that took nothing for so long is full. Long beside the simulator's slack, short beside any deadline.
constexpr std::uint64_t stuck_after_ms = 100;

bool is_sent(op_kind kind) noexcept {
  return kind == op_kind::send || kind == op_kind::send_chunk || kind == op_kind::heartbeat || kind == op_kind::end_stdin ||
         kind == op_kind::half_close;
}

}  // namespace

// A turn lasts until the op that follows it is done.
task<> client::perform_ops() {
  std::uint64_t turn = 0;
  for (const plan::op& step : what_.ops) {
    if (aborted_) co_return;
    note(event_kind::op_begun, to_string(step));
    waiting_for_ = &step;
    const outcome how = co_await perform(step);
    if (is_sent(step.kind)) co_await settle();
    waiting_for_ = nullptr;
    note(event_kind::op_done, how == outcome::went_on ? std::string() : std::string("abandoned"));
    if (how == outcome::abandoned) co_return;
    if (step.kind == op_kind::turn) {
      turn = step.number;
    } else if (turn != 0) {
      others_.take(std::exchange(turn, 0));
    }
  }
}

task<client::outcome> client::perform(const plan::op& step) {
  switch (step.kind) {
    case op_kind::until_started:
    case op_kind::until_at:
    case op_kind::until_blocked:
    case op_kind::until_stdout:
    case op_kind::until_stdin_sent:
    case op_kind::until_exit:
    case op_kind::until_closed:
    case op_kind::until_client:
    case op_kind::turn: co_return co_await reach(step);
    case op_kind::until_stdin_stuck: co_return co_await reach_stuck(step);
    case op_kind::go: others_.go(actor_, step.text); co_return outcome::went_on;
    case op_kind::order: others_.order(actor_, step.text); co_return outcome::went_on;
    case op_kind::send:
    case op_kind::send_chunk:
    case op_kind::heartbeat:
    case op_kind::end_stdin: co_return co_await send(step);
    case op_kind::half_close:
      if (stream_ == nullptr) co_return outcome::abandoned;
      note(event_kind::half_closed);
      write_ended_ = true;
      stream_->shutdown_write();
      feed_wake_.set();
      co_return outcome::went_on;
    case op_kind::close:
      if (stream_ != nullptr) end_connection(event_kind::closed);
      co_return outcome::went_on;
    case op_kind::reset:
      if (stream_ != nullptr) end_connection(event_kind::reset);
      co_return outcome::went_on;
    case op_kind::pause_reading: paused_ = true; co_return outcome::went_on;
    case op_kind::resume_reading:
      paused_ = false;
      read_wake_.set();
      co_return outcome::went_on;
    case op_kind::kill:
    case op_kind::stop:
    case op_kind::resume: co_return act_on_process(step.kind);
    case op_kind::stop_daemon:
      if (!where_.stop_daemon) co_return outcome::abandoned;
      where_.stop_daemon();
      co_return outcome::went_on;
    case op_kind::daemon_stops: co_return outcome::went_on;
    case op_kind::stand_still: co_return co_await stand_still(step.number);
  }
  co_return outcome::abandoned;
}

task<client::outcome> client::stand_still(std::uint64_t ms) {
  if (where_.stands_still == nullptr) co_return outcome::abandoned;
  const auto timer = where_.world.time.make_timer(label_of(actor_session(actor_), step_kind::timer, session_part::timer));
  const auto deadline = where_.world.time.now() + naild::port::milliseconds(where_.stands_still->begin(ms));
  (void)co_await timer->until(deadline);
  where_.stands_still->end();
  co_return outcome::went_on;
}

client::outcome client::act_on_process(op_kind how) {
  if (process_ == nullptr) return outcome::abandoned;
  stopped_ = how == op_kind::stop;
  switch (how) {
    case op_kind::stop: process_->stop(); break;
    case op_kind::resume: process_->resume(); break;
    default:
      process_->kill();
      if (stream_ != nullptr) end_connection(event_kind::closed);
  }
  if (!stopped_) feed_wake_.set();
  return outcome::went_on;
}

task<client::outcome> client::reach(const plan::op& step) {
  while (!reached(step)) {
    if (aborted_ || hopeless(step)) co_return outcome::abandoned;
    co_await ops_wake_;
  }
  co_return outcome::went_on;
}

bool client::reached(const plan::op& step) const {
  switch (step.kind) {
    case op_kind::until_started:
      return hello_ || (where_.control_address.empty() || what_.script.empty() ? output_bytes_ > 0 || grants_ > 0 : false);
    case op_kind::until_at: return std::ranges::find(tokens_reached_, step.text) != tokens_reached_.end();
    case op_kind::until_blocked: return blocked_;
    case op_kind::until_stdout: return stdout_bytes_ >= step.number;
    case op_kind::until_stdin_sent: return stdin_sent_ >= step.number;
    case op_kind::until_exit: return exit_seen_;
    case op_kind::until_closed: return read_ended_;
    case op_kind::until_client: return others_.has_finished(step.text);
    case op_kind::turn: return others_.is_open(step.number);
    default: return true;
  }
}

bool client::hopeless(const plan::op& step) const {
  switch (step.kind) {
    case op_kind::until_started:
    case op_kind::until_at:
    case op_kind::until_blocked: return run_over_ || read_ended_ || exit_seen_;
    case op_kind::until_stdout:
    case op_kind::until_exit: return read_ended_ || (step.kind == op_kind::until_stdout && exit_seen_);
    case op_kind::until_stdin_sent: return feeder_done_ || read_ended_;
    case op_kind::until_stdin_stuck: return feeder_done_ || read_ended_ || exit_seen_;
    case op_kind::until_closed: return false;  // a connection that stays open is a finding
    case op_kind::until_client: return !others_.knows(step.text);
    case op_kind::turn: return false;  // whoever holds it takes it or ends
    default: return read_ended_;
  }
}

task<client::outcome> client::reach_stuck(const plan::op& step) {
  const auto timer = where_.world.time.make_timer(label_of(actor_session(actor_), step_kind::timer, session_part::timer));
  while (!aborted_ && !hopeless(step)) {
    const std::uint64_t before = written_;
    const auto deadline = where_.world.time.now() + naild::port::milliseconds(stuck_after_ms);
    const auto waited = co_await timer->until(deadline);
    if (!waited) co_return outcome::abandoned;
    if (writing_ && written_ == before) co_return outcome::went_on;
    if (writing_ || written_ != before) continue;
    // Nothing is being written: it waits for the daemon's leave, which comes as an event.
    const std::uint64_t grants = grants_;
    while (grants_ == grants && !writing_ && !aborted_ && !hopeless(step)) co_await ops_wake_;
  }
  co_return outcome::abandoned;
}

// Nothing tells when the other side reads: only looking does.
task<> client::settle() {
  if (where_.settle == nullptr) co_return;
  const auto timer = where_.world.time.make_timer(label_of(actor_session(actor_), step_kind::timer, session_part::timer));
  where_.settle->begin();
  while (!aborted_ && stream_ != nullptr && !where_.settle->settled(*stream_)) {
    const auto deadline = where_.world.time.now() + naild::port::milliseconds(settling::look_again_ms);
    (void)co_await timer->until(deadline);
  }
}

task<client::outcome> client::send(const plan::op& step) {
  std::string bytes;
  char type = 0;
  std::string_view payload = step.text;
  switch (step.kind) {
    case op_kind::send: bytes = step.text; break;
    case op_kind::heartbeat: type = 'H', payload = {}; break;
    case op_kind::end_stdin: type = '.', payload = {}, stdin_ended_ = true; break;
    default:
      if (payload.empty()) co_return outcome::abandoned;
      type = payload.front();
      payload.remove_prefix(1);
  }
  if (type != 0) wire::append_chunk(bytes, type, payload);
  if (bytes.empty()) co_return outcome::went_on;
  const bool sent = co_await write(bytes, ops_wake_, false);
  if (!sent) co_return outcome::abandoned;
  if (type == 0) {
    note(event_kind::sent_bytes, {}, static_cast<std::int64_t>(bytes.size()));
  } else {
    note(event_kind::sent_chunk, std::string(payload.substr(0, 64)), static_cast<std::int64_t>(payload.size()), type);
  }
  co_return outcome::went_on;
}

}  // namespace nailbiter::actor
