#pragma once

// The sans-I/O machine of the client `nail`: one command, from its header to its exit code. Knows the protocol's client
// side and the two-stage Ctrl+C; knows no sockets, terminals or time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/base/bytes.hpp"
#include "reference/base/io_error.hpp"
#include "reference/wire/decoder.hpp"

namespace naild::client {

/// What the user asked for. Bytes pass unchanged.
struct invocation {
  base::bytes command;
  std::vector<base::bytes> arguments;
  std::vector<base::bytes> environment;  // KEY=VALUE
  base::bytes working_dir;
};

/// How it ended: the process's exit code, and a line for stderr where the daemon could not say it itself (else empty).
struct outcome {
  int exit_code = 0;
  std::string complaint;
};

inline constexpr int exit_no_daemon = 75;      // no daemon, or the run's outcome is unknown: different texts
inline constexpr int exit_interrupted = 130;   // the second Ctrl+C: this client left without waiting

/// One strand. Call an on_...() for what happened, then look at what is wanted; nothing is wanted after ended().
class machine {
 public:
  explicit machine(const invocation& asked);

  void on_bytes(base::byte_view from_daemon);
  void on_connection_end(base::io_error why);
  void on_stdin(base::byte_view data);
  void on_stdin_end();
  void on_interrupt();    // SIGINT, SIGTERM, SIGHUP
  void on_heartbeat_due();
  void on_output_gone();  // stdout or stderr cannot be written any more: the run is cancelled

  /// Bytes for the daemon, stdout, stderr; the driver takes them from the front.
  base::bytes& to_daemon() noexcept { return to_daemon_; }
  base::bytes& to_stdout() noexcept { return to_stdout_; }
  base::bytes& to_stderr() noexcept { return to_stderr_; }

  /// Local stdin may be read now. Never before the first `S`: a client that reads early steals a terminal's keys.
  bool wants_stdin() const noexcept;

  /// The write side is to be shut at once, whatever is still queued: the first Ctrl+C, which must never queue behind
  /// stdin that nobody reads.
  bool wants_half_close() const noexcept { return half_close_; }

  /// Set once; what is in to_stdout() and to_stderr() is still to be written, unless `exit_interrupted`.
  const std::optional<outcome>& ended() const noexcept { return ended_; }

 private:
  void on_chunk(const wire::server_chunk& chunk);
  void end(int exit_code, std::string complaint);

  wire::server_chunk_decoder decoder_;
  base::bytes to_daemon_;
  base::bytes to_stdout_;
  base::bytes to_stderr_;
  std::optional<outcome> ended_;
  bool stdin_granted_ = false;
  bool stdin_ended_ = false;
  bool half_close_ = false;
  bool output_gone_ = false;
};

}  // namespace naild::client
