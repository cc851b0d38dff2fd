// The reading side of a connection: it never waits for a nail. When the run's stdin is full it stops reading and
// watches for the peer's leaving instead.

#include <array>
#include <span>
#include <utility>

#include "reference/daemon/chunk_event.hpp"
#include "reference/daemon/connection.hpp"

namespace naild::daemon {
namespace {

constexpr std::size_t first_read_bytes = 4096;        // what a parked session keeps
constexpr std::size_t read_bytes_max = 64u << 10;     // once a read has filled its buffer

constexpr base::byte_view headers_are_full =
    "full: the headers of all sessions hold header_bytes_total_max bytes; try again later";

}  // namespace

task::task<> connection::read_until_end() {
  std::array<char, first_read_bytes> first;  // in this frame, whose memory the next session gets
  base::bytes grown;
  std::span<char> buffer = first;
  while (!closing_) {
    if (!discarding_ && input_.full()) {
      co_await wait_for_room();
      continue;
    }
    const auto got = co_await stream_->read_some(buffer);
    if (!got) {
      on_read_end(got.error());
      co_return;
    }
    watch_.on_heard();
    take_input(base::byte_view(buffer.data(), *got));
    if (*got < buffer.size() || !grown.empty()) continue;
    grown.resize(read_bytes_max);
    buffer = grown;
  }
}

task::task<> connection::wait_for_room() {
  watch_.pause();
  bool sees_nothing = peer_left_;
  if (!peer_left_) {
    watching_ = true;
    const auto left = co_await stream_->peer_closed();
    watching_ = false;
    if (left && !std::exchange(peer_left_, true)) apply({.kind = session::event_kind::half_closed});
    sees_nothing = !left && left.error() != base::io_error::aborted;
  }
  if (sees_nothing) {
    waiting_for_room_ = true;
    co_await room_;
    waiting_for_room_ = false;
  }
  watch_.resume();
}

void connection::take_input(base::byte_view input) {
  if (discarding_) return;
  if (machine_.now() == session::state::header && !take_header_budget(input.size())) return;
  decoder_.push(input);
  while (!discarding_ && !closing_) {
    const auto next = decoder_.next();
    if (!next) {
      return apply({.kind = session::event_kind::chunk_too_long, .number = decoder_.announced_bytes()});
    }
    if (!*next) return;
    if ((*next)->type == wire::client_chunk_type::heartbeat) watch_.on_heartbeat();
    apply(event_of(**next));
  }
}

bool connection::take_header_budget(std::size_t bytes) {
  if (shared_.headers.take(bytes)) {
    header_bytes_ += bytes;
    return true;
  }
  apply({.kind = session::event_kind::refused, .payload = base::bytes(headers_are_full)});
  return false;
}

void connection::on_read_end(base::io_error why) {
  if (why == base::io_error::end_of_stream) {
    peer_left_ = input_ended_ = true;
    apply({.kind = session::event_kind::half_closed});
  } else if (why != base::io_error::aborted) {
    lose_peer();
  }
}

}  // namespace naild::daemon
