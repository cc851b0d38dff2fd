#include "reference/stdio/output_queue.hpp"

#include <algorithm>
#include <cassert>

#include "reference/base/release.hpp"
#include "reference/wire/encoder.hpp"

namespace naild::stdio {
namespace {

constexpr wire::server_chunk_type type_of(stream which) noexcept {
  return which == stream::standard_output ? wire::server_chunk_type::stdout_data : wire::server_chunk_type::stderr_data;
}

constexpr std::size_t kept_capacity_bytes = 4096;  // what an idle session may keep of its buffer

}  // namespace

output_queue::output_queue(task::strand& where, std::uint32_t session, std::size_t bytes_max,
                           output_listener& listener) noexcept
    : bytes_max_(bytes_max),
      listener_(listener),
      writers_{{where, task::label_of(session, task::step_kind::wake, task::session_part::output_queue)},
               {where, task::label_of(session, task::step_kind::wake, task::session_part::output_queue)}} {}

task::task<delivery> output_queue::write(stream which, base::byte_view text) {
  writer& mine = writer_of(which);
  for (;;) {
    text = append_while_room(which, text);
    if (gone_ || mine.cut) co_return delivery::refused;
    if (text.empty()) co_return delivery::taken;
    if (!patient_) {
      mine.cut = true;
      co_return delivery::refused;
    }
    mine.waiting = true;
    co_await mine.room;
    mine.waiting = false;
  }
}

base::byte_view output_queue::append_while_room(stream which, base::byte_view text) {
  if (gone_ || writer_of(which).cut) return text;
  while (!text.empty() && !full()) {
    const std::size_t room = bytes_max_ - queued_.size() - in_flight_bytes_;
    const base::byte_view piece = text.substr(0, std::min(chunk_bytes_max, room));
    append_chunk(type_of(which), piece);
    text.remove_prefix(piece.size());
  }
  return text;
}

void output_queue::append(wire::server_chunk_type type, base::byte_view payload) {
  if (!gone_) append_chunk(type, payload);
}

void output_queue::append_chunk(wire::server_chunk_type type, base::byte_view payload) {
  const bool was_empty = queued_.empty();
  make_room(wire::chunk_header_bytes + payload.size());
  wire::append_chunk(queued_, type, payload);
  if (was_empty) listener_.output_appeared();
}

// Doubling past the bound would make a stopped reader cost twice what it may.
void output_queue::make_room(std::size_t bytes) {
  const std::size_t needed = queued_.size() + bytes;
  if (needed <= queued_.capacity()) return;
  queued_.reserve(std::max(needed, std::min(2 * queued_.capacity(), bytes_max_)));
}

void output_queue::stop_waiting() noexcept {
  patient_ = false;
  wake_writers();
}

void output_queue::discard() noexcept {
  gone_ = true;
  base::release(queued_);
  wake_writers();
}

void output_queue::wake_writers() noexcept {
  for (writer& each : writers_) {
    if (each.waiting) each.room.set();
  }
}

void output_queue::take(base::bytes& into) noexcept {
  assert(into.empty());
  into.swap(queued_);
  in_flight_bytes_ = into.size();
}

void output_queue::sent(std::size_t bytes) noexcept {
  in_flight_bytes_ -= std::min(bytes, in_flight_bytes_);
  if (queued_.empty() && queued_.capacity() > kept_capacity_bytes) base::release(queued_);
  // Half empty before the nail goes on, so that it writes large pieces.
  if (queued_.size() + in_flight_bytes_ <= bytes_max_ / 2) wake_writers();
}

}  // namespace naild::stdio
