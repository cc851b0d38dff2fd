#include "reference/client/machine.hpp"

#include <utility>

#include <fmt/core.h>

#include "reference/wire/encoder.hpp"

namespace naild::client {
namespace {

using wire::client_chunk_type;

constexpr std::size_t unsent_bytes_max = 64u << 10;  // beyond it local stdin is left unread

}  // namespace

// A server's chunk is bounded by its own output limit, not by ours: accept what a uint32 can say up to 64 MiB.
machine::machine(const invocation& asked) : decoder_(64u << 20) {
  for (const base::bytes& argument : asked.arguments) wire::append_chunk(to_daemon_, client_chunk_type::argument, argument);
  for (const base::bytes& entry : asked.environment) wire::append_chunk(to_daemon_, client_chunk_type::environment, entry);
  wire::append_chunk(to_daemon_, client_chunk_type::working_dir, asked.working_dir);
  wire::append_chunk(to_daemon_, client_chunk_type::command, asked.command);
}

void machine::on_bytes(base::byte_view from_daemon) {
  decoder_.push(from_daemon);
  while (!ended_) {
    const auto next = decoder_.next();
    if (!next) return end(exit_no_daemon, fmt::format("the daemon broke the protocol: {}", wire::describe(next.error())));
    if (!*next) return;
    on_chunk(**next);
  }
}

void machine::on_chunk(const wire::server_chunk& chunk) {
  switch (chunk.type) {
    case wire::server_chunk_type::stdout_data:
      if (!output_gone_) to_stdout_.append(chunk.payload);
      return;
    case wire::server_chunk_type::stderr_data:
      if (!output_gone_) to_stderr_.append(chunk.payload);
      return;
    case wire::server_chunk_type::start_reading_stdin: stdin_granted_ = true; return;
    case wire::server_chunk_type::exit: {
      const auto code = wire::parse_exit_code(chunk.payload);
      if (!code) return end(exit_no_daemon, "the daemon sent an exit code that is no number: the run's outcome is unknown");
      return end(*code & 0xff, {});
    }
    case wire::server_chunk_type::unknown: break;
  }
  end(exit_no_daemon, fmt::format("the daemon sent an unknown chunk type 0x{:02x}: the run's outcome is unknown", chunk.type_byte));
}

void machine::on_connection_end(base::io_error why) {
  if (ended_) return;
  end(exit_no_daemon, fmt::format("the daemon ended the connection without an exit code ({}): the run's outcome is unknown; "
                                  "it is not started again", base::describe(why)));
}

bool machine::wants_stdin() const noexcept {
  return !ended_ && stdin_granted_ && !stdin_ended_ && !half_close_ && to_daemon_.size() < unsent_bytes_max;
}

void machine::on_stdin(base::byte_view data) {
  if (!half_close_) wire::append_chunk(to_daemon_, client_chunk_type::stdin_data, data);
}

void machine::on_stdin_end() {
  if (std::exchange(stdin_ended_, true) || half_close_) return;
  wire::append_chunk(to_daemon_, client_chunk_type::stdin_eof, {});
}

void machine::on_interrupt() {
  if (!ended_ && half_close_) return end(exit_interrupted, "interrupted twice: left without waiting for the run");
  half_close_ = true;
  to_daemon_.clear();
}

void machine::on_output_gone() {
  output_gone_ = true;
  half_close_ = true;
  to_daemon_.clear();
  to_stdout_.clear();
}

void machine::on_heartbeat_due() {
  if (!half_close_ && to_daemon_.empty()) wire::append_chunk(to_daemon_, client_chunk_type::heartbeat, {});
}

void machine::end(int exit_code, std::string complaint) {
  if (!ended_) ended_ = outcome{.exit_code = exit_code, .complaint = std::move(complaint)};
}

}  // namespace naild::client
