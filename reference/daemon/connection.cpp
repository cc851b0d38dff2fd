#include "reference/daemon/connection.hpp"

#include <utility>

#include <fmt/format.h>

#include "reference/base/printable.hpp"
#include "reference/daemon/nail_run.hpp"

namespace naild::daemon {
namespace {

using task::session_part;
using task::step_kind;

constexpr std::size_t shown_bytes_max = 200;
constexpr base::byte_view spill_is_lost = "its stdin, kept in a file, cannot be read back";

// Where nobody can see a FIN behind unread bytes the session goes on reading, into a file, up to the spill's bound.
stdio::stdin_bounds stdin_bounds_of(const services& given, const port::byte_stream& stream) noexcept {
  const limits& bounds = given.bounds;
  if (stream.can_watch_peer()) return {.memory = bounds.stdin_bytes_max, .total = bounds.stdin_bytes_max};
  return {.memory = bounds.stdin_bytes_max, .total = bounds.stdin_spill_max, .files = given.spill};
}

}  // namespace

connection::connection(shared_services shared, std::unique_ptr<port::byte_stream> stream, session_ref self)
    : shared_(shared),
      stream_(std::move(stream)),
      self_(std::move(self)),
      machine_(shared.given.bounds.of_header(), shared.given.bounds.stdin_grant),
      decoder_(shared.given.bounds.chunk_bytes_max),
      watch_(shared.notes, shared.given.world.time, shared.given.bounds, self_),
      output_(self_->where, self_->id, shared.given.bounds.output_bytes_max, *this),
      input_(self_->where, self_->id, stdin_bounds_of(shared.given, *stream_), *this),
      room_(self_->where, label_of(self_->id, step_kind::wake, session_part::stdin_pipe)),
      closed_(self_->where, label_of(self_->id, step_kind::wake, session_part::state)),
      nails_(self_->where, label_of(self_->id, step_kind::spawn, session_part::state)),
      writers_(self_->where, label_of(self_->id, step_kind::spawn, session_part::output_queue)) {
  stream_->set_labels(label_of(self_->id, step_kind::read, session_part::wire_in),
                      label_of(self_->id, step_kind::write, session_part::wire_out),
                      label_of(self_->id, step_kind::wake, session_part::wire_in));
}

task::task<> connection::run(std::optional<session::event> turned_away) {
  self_->target = this;
  watch_.on_state(machine_.now());
  if (turned_away) apply(std::move(*turned_away));
  co_await read_until_end();
  while (!closing_) co_await closed_;
  co_await nails_.join();
  co_await writers_.join();
  self_->target = nullptr;
  watch_.stop();
  shared_.runs.leave(self_->id);
  shared_.headers.give_back(header_bytes_);
  shared_.table.leave(self_->id);
}

void connection::on_event(session::event what) {
  const bool admitted = what.kind == session::event_kind::admitted;
  apply(std::move(what));
  if (admitted && machine_.now() != session::state::running) shared_.runs.leave(self_->id);
}

void connection::on_deadline(port::time_ns when) {
  if (const auto ran_out = watch_.on_deadline(when)) apply({.kind = *ran_out});
}

nail::session_report connection::describe() const {
  const session::request& asked = machine_.asked();
  base::bytes line = asked.command.substr(0, shown_bytes_max + 1);
  for (std::size_t i = 0; i < asked.arguments.size() && line.size() <= shown_bytes_max; ++i) {
    line.append(1, ' ').append(asked.arguments[i], 0, shown_bytes_max + 1);
  }
  if (line.size() > shown_bytes_max) line.replace(shown_bytes_max, line.npos, "...");
  return {.session = self_->id, .phase = session::name_of(machine_.now()), .cancelled = machine_.was_cancelled(),
          .age_ns = shared_.given.world.time.now() - watch_.opened_at(), .command = base::printable(line)};
}

void connection::abandon() {
  stream_->reset();
  lose_peer();
}

void connection::output_appeared() {
  if (std::exchange(writing_, true)) return;
  writers_.start(write_until_empty());
}

void connection::stdin_wanted() { apply({.kind = session::event_kind::nail_wants_stdin}); }
void connection::stdin_chunk_consumed() { apply({.kind = session::event_kind::nail_consumed_stdin}); }
void connection::stdin_stopped() { apply({.kind = session::event_kind::nail_stopped_stdin}); }

void connection::stdin_lost() {
  shared_.given.log.write(port::severity::error, self_->id, spill_is_lost);
  apply({.kind = session::event_kind::cancel_asked, .payload = base::bytes(spill_is_lost)});
}

void connection::stdin_has_room() {
  if (watching_) stream_->cancel_peer_closed();
  if (waiting_for_room_) room_.set();
}

void connection::apply(session::event what) {
  if (applying_) {
    follow_ups_.push_back(std::move(what));
    return;
  }
  applying_ = true;
  for (const session::action& each : machine_.on_event(std::move(what))) enact(each);
  for (std::size_t next = 0; next < follow_ups_.size(); ++next) {
    for (const session::action& each : machine_.on_event(std::move(follow_ups_[next]))) enact(each);
  }
  follow_ups_.clear();
  applying_ = false;
  follow_state();
}

void connection::follow_state() {
  const session::state now = machine_.now();
  if (now == seen_state_) return;
  const session::state before = std::exchange(seen_state_, now);
  if (before == session::state::waiting && now != session::state::running) shared_.runs.leave(self_->id);
  watch_.on_state(now);
  // The end of the input closes a lingering session; it may have come before the linger began.
  if (now == session::state::lingering && input_ended_) apply({.kind = session::event_kind::half_closed});
}

void connection::enact(const session::action& what) {
  switch (what.kind) {
    case session::action_kind::request_admission: return ask_admission();
    case session::action_kind::start_nail: return nails_.start(run_the_nail());
    case session::action_kind::feed_stdin: return input_.push(what.payload);
    case session::action_kind::end_stdin: return input_.end();
    case session::action_kind::grant_stdin:
      return output_.append(wire::server_chunk_type::start_reading_stdin, {});
    case session::action_kind::cancel_nail: return cancel_nail(what.payload);
    case session::action_kind::send_stderr: return output_.append(wire::server_chunk_type::stderr_data, what.payload);
    case session::action_kind::send_exit: return send_exit(what.number);
    case session::action_kind::stop_reading:
      discarding_ = true;
      return input_.discard();
    case session::action_kind::close: return close();
  }
}

void connection::ask_admission() {
  if (nail::is_administration(machine_.asked().command) || shared_.runs.ask(self_) == admission::answer::admitted) {
    follow_ups_.push_back({.kind = session::event_kind::admitted});
  }
}

void connection::send_exit(std::int32_t code) {
  exit_queued_ = true;
  output_.append(wire::server_chunk_type::exit, fmt::format_int(code).c_str());
}

void connection::cancel_nail(base::byte_view reason) {
  shared_.given.log.write(port::severity::debug, self_->id, reason);
  token_.fire();
  input_.discard();
  output_.cancelled();
}

void connection::close() {
  if (std::exchange(closing_, true)) return;
  stream_->close();
  if (waiting_for_room_) room_.set();
  closed_.set();
}

task::task<> connection::run_the_nail() {
  const session::request& asked = machine_.asked();
  nail::nail_context context({asked.command, asked.arguments, asked.environment, asked.working_dir},
                             {self_->where, self_->id, shared_.given.world, shared_.given.log, output_, input_, token_,
                              shared_.given.run_logs});
  const std::int32_t code = co_await run_nail(context, shared_.given.nails);
  shared_.runs.leave(self_->id);
  input_.discard();
  apply({.kind = session::event_kind::nail_exited, .number = code});
}

task::task<> connection::write_until_empty() {
  base::bytes sending;
  while (!output_.empty()) {
    output_.take(sending);
    for (base::byte_view rest = sending; !rest.empty();) {
      const auto sent = co_await stream_->write_some(rest);
      if (!sent) {
        writing_ = false;
        lose_peer();
        co_return;
      }
      rest.remove_prefix(*sent);
    }
    // Only now: the buffer costs its memory until its last byte is gone.
    output_.sent(sending.size());
    sending.clear();
  }
  writing_ = false;
  if (!exit_queued_) co_return;
  stream_->shutdown_write();
  apply({.kind = session::event_kind::output_drained});
}

void connection::lose_peer() {
  if (std::exchange(peer_lost_, true)) return;
  output_.discard();
  apply({.kind = session::event_kind::gone});
}

task::task<> serve_session(shared_services shared, std::unique_ptr<port::byte_stream> stream, session_ref self,
                           std::optional<session::event> turned_away) {
  connection session(shared, std::move(stream), std::move(self));
  co_await session.run(std::move(turned_away));
}

}  // namespace naild::daemon
