#include "harness/scenario/requirements.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace nailbiter::scenario {
namespace {

constexpr auto table = std::to_array<requirement>({
    {"I1", "bytes of a run reach only its client or the log, in per-stream order, all before X"},
    {"I2", "exactly one X for each accepted C unless the peer is gone; nothing after X"},
    {"I3", "a peer that is gone or cancels fires its run's token within a bounded number of steps, from any state"},
    {"I4", "the token of a run never fires for another run"},
    {"I5", "after X, or disconnect and grace, no process, descriptor or thread of the run remains"},
    {"I6", "two runs share a scheduler only if their fingerprints are equal; none is torn down in use"},
    {"I7", "at most one daemon accepts new work for each build root and host; only the owner removes a pidfile"},
    {"I8", "no blocking IO while holding a lock that another run can need"},
    {"I9", "a slow or stopped client costs bounded memory, and only its own progress"},
    {"I10", "a failing request never ends the daemon"},
    {"I11", "shutdown ends within the drain limit and grace, whatever clients do"},
    {"I12", "no run observes another's environment, directory, arguments, umask, log level or terminal"},
    {"F1", "strict nailgun server: limits, header time-out, nothing after X"},
    {"F2", "truly concurrent runs, without a run lock"},
    {"F3", "stdio of each run, inherited by its threads and tasks"},
    {"F4", "exclusive console with one owner"},
    {"F5", "cancel by half-close, close and reset, out of band of stdin, in any phase"},
    {"F6", "heartbeats on a monotonic clock; any chunk counts; back-pressure does not starve them"},
    {"F7", "client with a two-stage Ctrl+C that is never deaf"},
    {"F8", "process groups: SIGINT, grace, SIGKILL, reaped"},
    {"F9", "children do not outlive a killed daemon"},
    {"F10", "the process's own environment, arguments, directory and standard descriptors are poisoned"},
    {"F11", "working directory of each run, without chdir"},
    {"F12", "options lead to a scheduler by fingerprint"},
    {"F13", "option classes: run, scheduler, daemon; a daemon-level change kills nobody"},
    {"F14", "log level and log file of each run"},
    {"F15", "optional run lock: first come first served, reason on stderr, own exit code"},
    {"F16", "nested runs are allowed, or refused at once; never a wait for oneself"},
    {"F17", "metadata, pidfile and start lock"},
    {"F18", "start and stop races: one winner, a draining answer, a retry"},
    {"F19", "graceful stop with a limit, cooperative stop, idle time-to-live"},
    {"F20", "memory cap, invalidation globs, version change: drain and restart, never kill"},
    {"F21", "background finish work with its own token and a bounded wait"},
    {"F22", "terminal pass-through, size, width without a terminal"},
    {"F23", "bounded output: a slow client slows only its own run"},
    {"F24", "fairness and limits: cap for each client, first come first served"},
    {"F25", "at most once: a command is never sent again after C"},
    {"F26", "authority: private socket, peer credentials, token for TCP"},
    {"F27", "the reason of a failure reaches stderr before X"},
    {"F28", "status, cancel and stop are commands"},
    {"F29", "containment: a failing request never ends the daemon"},
    {"F30", "fork safety and descriptor hygiene"},
    {"F31", "streaming workunits for each session, bounded"},
    {"F32", "memoised graph shared by sessions: interest, invalidation, uncacheable nodes"},
    {"F33", "deterministic simulation of the core"},
    {"F34", "the old concurrency flag is accepted, does nothing, warns once"},
    {"F35", "a stuck run's client gets its X; the run is named and contained"},
    {"U1", "a protocol slip loses cancellation for good"},
    {"U2", "cancellation queues behind unread stdin"},
    {"U3", "the client's Ctrl+C is deaf while a send is blocked"},
    {"U4", "S after X in quick runs"},
    {"U5", "no header time-out: an idle peer holds shutdown up"},
    {"U6", "a stopped client makes memory grow without bound"},
    {"U7", "a client with another daemon-level option kills everybody's runs"},
    {"U8", "a dying daemon deletes its successor's metadata"},
    {"U9", "a client executes its command again after an error"},
    {"U10", "shutdown takes cancelled for finished"},
    {"U11", "shutdown returns with a run alive"},
    {"U12", "time-out or cancel while waiting for the lock leaves no word on stderr"},
    {"U13", "one request with a broken configuration ends the daemon"},
    {"U14", "running out of descriptors on accept ends the listener"},
    {"U15", "a grandchild that holds the pipe keeps X from being sent"},
});

constexpr auto ids = [] {
  std::array<std::string_view, table.size()> all;
  for (std::size_t i = 0; i < table.size(); ++i) all[i] = table[i].id;
  return all;
}();

// `digits` is a number from 1 to `max`, written without a leading zero.
bool is_number_up_to(std::string_view digits, unsigned max) {
  unsigned value = 0;
  const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return ec == std::errc{} && end == digits.data() + digits.size() && digits.front() != '0' && value <= max;
}

}  // namespace

std::span<const requirement> requirements() noexcept { return table; }

std::span<const std::string_view> requirement_ids() noexcept { return ids; }

const requirement* find_requirement(std::string_view id) noexcept {
  const auto found = std::ranges::find(table, id, &requirement::id);
  return found == table.end() ? nullptr : &*found;
}

bool is_upstream_id(std::string_view id) noexcept {
  if (id.size() < 2) return false;
  switch (id.front()) {
    case '#':
      return is_number_up_to(id.substr(1), 99'999'999);
    case 'U':
      return is_number_up_to(id.substr(1), 15);
    case 'K':
      return is_number_up_to(id.substr(1), 16);
    default:
      return false;
  }
}

}  // namespace nailbiter::scenario
