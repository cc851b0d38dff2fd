#pragma once

// A plan: one case with everything decided. What each client sends, when, and what its user may expect. A plan is all
// that is needed to run the case again; its text form is JSON (plan_json.hpp).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nailbiter::plan {

/// One intended step of a client, run in order once its header is sent (or instead of it: see client.header).
enum class op_kind : std::uint8_t {
  until_started,     // the puppet's hello; without a puppet its first output byte, else its first `S`
  until_at,          // the puppet reports `at TEXT`
  go,                // release token TEXT of this client's puppet
  order,             // send the puppet the op TEXT over control
  until_blocked,     // the puppet reports blocked
  until_stdout,      // NUMBER bytes of stdout have been received
  until_stdin_sent,  // NUMBER bytes of stdin have been written to the connection
  until_stdin_stuck, // the connection takes no more stdin bytes
  until_exit,        // `X` has been received
  until_closed,      // the daemon has closed its side
  until_client,      // the client named TEXT has finished
  turn,              // the next op is turn NUMBER of the plan: every lower one is done, or its client does no more ops
  send,              // raw bytes TEXT (any bytes, any time)
  send_chunk,        // one chunk: type = first byte of TEXT, payload = the rest
  heartbeat,         // one `H`
  end_stdin,         // send `.` now
  half_close,        // shut the write side
  close,             // close the connection with whatever is unread
  reset,             // RST where the transport has one
  pause_reading,     // stop receiving
  resume_reading,
  kill,              // SIGKILL of the client's process
  stop,              // SIGSTOP of the client's process
  resume,            // SIGCONT
  stop_daemon,       // asks the daemon to stop, as SIGTERM does; it has ended NUMBER ms later, 0 = whenever it likes
  daemon_stops,      // nobody asks: what the case does to the daemon from here on makes it stop by itself; NUMBER as before
  stand_still,       // the daemon does nothing for NUMBER ms, and time goes on. In the simulator nobody does anything
};

struct op {
  op_kind kind{};
  std::uint64_t number = 0;
  std::string text{};

  friend bool operator==(const op&, const op&) = default;
};

enum class stdin_source : std::uint8_t {
  none,     // nothing is ever sent, and no `.`
  empty,    // `.` at the first `S`
  text,     // client.stdin_text, then `.`
  flood,    // endless, as fast as the connection takes it after the first `S`
};

/// How a client paces stdin.
enum class stdin_pace : std::uint8_t { per_grant, streaming };

enum class ending : std::uint8_t {
  exits,      // `X` with the expected code
  cancelled,  // the run's token fires; if the client can still read: `X`, else the puppet reports cancelled
  refused,    // an error on `2` and `X`
  no_answer,  // nothing is owed to this client (it left before its command)
  served_or_refused,  // it comes while the daemon stops: exits, or as turned_away, and nothing between
  turned_away,        // it comes after that: no connection, its end, or a refusal; never a run
};

/// What the case says about one client. Bytes not named are derived from its script (expected_output.hpp).
struct expectation {
  ending ends = ending::exits;
  std::optional<std::int32_t> exit_code{};         // unset: what the script says, else 0
  std::optional<std::string> stdout_text{};        // unset: what the script says
  std::optional<std::string> stderr_text{};        // unset: what the script says
  std::optional<std::string> stderr_contains{};    // for texts of the daemon's own
  bool stdout_is_prefix = false;                   // a run that was cut: received = prefix of produced
  bool stderr_is_prefix = false;
  std::uint64_t within_ms = 0;                     // a bound that is a requirement; 0 = none

  friend bool operator==(const expectation&, const expectation&) = default;
};

struct client {
  std::string name;                       // unique in the plan; also the run's tag
  std::vector<std::string> script{};      // puppet ops; empty: `command` is run instead
  bool blocking = false;                  // the script by the target's puppet that runs on a thread of its own
  bool as_program = false;                // the script by the puppet executable, as a program that the target runs
  std::vector<std::string> command{};     // C and A chunks when there is no script
  std::vector<std::string> environment{}; // KEY=VALUE, sent as `E`
  std::string working_dir = "/";          // empty: no `D` is sent
  bool header = true;                     // false: no header is sent, `ops` send what they like
  stdin_source stdin_from = stdin_source::none;
  std::string stdin_text{};
  std::uint64_t stdin_chunk_bytes = 4096;
  stdin_pace pace = stdin_pace::per_grant;
  std::uint64_t heartbeat_ms = 0;         // 0 = sends none by itself
  std::uint64_t read_bytes_per_step = 0;  // 0 = as much as comes; else a slow reader
  std::string starts_after{};             // name of a client that must have finished first; empty: at once
  std::uint64_t starts_at_turn = 0;       // its connection and header are this turn; 0 = none. Not beside starts_after
  std::vector<op> ops{};
  expectation expect{};

  friend bool operator==(const client&, const client&) = default;
};

/// Live: when a client takes its next op after one that has put something on the wire. The simulator's schedule decides
/// there, whatever the plan says.
enum class delivery : std::uint8_t {
  race,       // as soon as its own kernel has taken it: what follows may arrive in the same read
  settle,     // when the daemon has read it, or has gone to sleep without
};

struct plan {
  std::string case_id;                    // with its axes
  std::string transport = "unix";         // unix | tcp | sim
  delivery mode = delivery::race;
  std::vector<std::string> requires_ids{};
  std::vector<std::string> checks{};      // checkers beyond those of every case
  std::uint64_t memory_growth_kib_max = 0;  // of the daemon while the case runs, in any census; 0 = nobody asks
  std::uint64_t seed = 0;
  std::uint64_t deadline_ms = 10'000;     // live: before it is scaled to the machine; no verdict by itself
  std::vector<std::string> daemon_args{}; // extra options of the target, e.g. --header-timeout-ms=200
  std::vector<client> clients{};

  friend bool operator==(const plan&, const plan&) = default;
};

const char* name_of(op_kind kind) noexcept;

/// The first op from which the daemon stops; nullptr if there is none.
const op* daemon_stop_of(const plan& what) noexcept;
/// Does the daemon ever stand still?
bool stands_still(const plan& what) noexcept;
/// Is the op, in its text form, one from which the daemon stops?
bool stops_daemon(std::string_view op) noexcept;

std::string to_string(const op& what);

}  // namespace nailbiter::plan
