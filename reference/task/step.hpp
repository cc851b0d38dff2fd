#pragma once

// The unit of execution: one step of one strand, with a label that says what it will touch. Intrusive, so that posting
// a step allocates nothing. Knows nothing of coroutines, threads or time.

#include <cstdint>

namespace naild::task {

/// What kind of effect a step is; a schedule shows it by name.
enum class step_kind : std::uint8_t { spawn, post, read, write, wake, timer, deliver, accept, connect, clock };

/// A thing that steps of different strands can conflict on: an output queue, a stdin pipe, one direction of a wire, a
/// timer, a table. 0 = private to the step. Made by resource_of(); equal ids = the same thing.
using resource_id = std::uint32_t;

/// The parts of one session that steps touch.
enum class session_part : std::uint8_t { state, output_queue, stdin_pipe, wire_in, wire_out, timer, control, hop };

constexpr resource_id resource_of(std::uint32_t session, session_part part) noexcept {
  return 0x100u + session * 16u + static_cast<std::uint32_t>(part);
}

/// Resources that belong to no session (ids below 0x100).
constexpr resource_id session_table_resource = 1;
constexpr resource_id clock_resource = 2;
constexpr resource_id thread_pool_resource = 3;

/// Sessions are numbered from 1; 0 = no session (listener, clock).
struct step_label {
  std::uint32_t session = 0;
  step_kind kind = step_kind::post;
  resource_id resource = 0;

  friend bool operator==(const step_label&, const step_label&) = default;
};

constexpr step_label label_of(std::uint32_t session, step_kind kind, session_part part) noexcept {
  return {.session = session, .kind = kind, .resource = resource_of(session, part)};
}

enum class disposition : std::uint8_t {
  run,   // do the work
  drop,  // the world ends: release what the step owns, do nothing else
};

/// One step. Owned by whoever posted it until its `act` is called, exactly once per post; `act` may free it.
struct step {
  step* next = nullptr;
  void (*act)(step*, disposition) = nullptr;
  step_label label{};
};

}  // namespace naild::task
