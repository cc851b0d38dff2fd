#include "harness/scenario/dialect.hpp"

#include <algorithm>

namespace nailbiter::scenario {

const std::vector<dialect_axis>& dialect_axes() {
  static const std::vector<dialect_axis> axes{
      {"stdin_grant",
       {"each", "once", "on-empty"},
       "S: after each consumed Stdin chunk, once, when a read finds nothing"},
      {"first_grant", {"at-read", "at-start"}, "the first S: when the run first reads, or when it begins"},
      {"stdin_streaming", {"accepted", "cut"}, "more than one Stdin chunk for one S"},
      {"half_close", {"cancel", "eof"}, "what a half-close of the client means"},
      {"peer_gone", {"cancel", "runs-on", "kill"}, "what becomes of a run whose client has gone"},
      {"silent_client", {"cut", "runs-on", "off"}, "what becomes of a run whose client stops beating"},
      {"after_exit", {"lingers", "closed", "open"}, "the connection after X"},
      {"header_error", {"1", "899"}, "the exit code of a header that is refused"},
      {"unknown_command", {"127", "1", "898", "899"}, "the exit code of a command that nobody knows"},
      {"unknown_command_text", {"named", "any"}, "its reason on stderr: the command is named in it, or it is any text"},
      {"missing_directory", {"error", "tolerated"}, "a header without D"},
      {"stdin_before_command", {"error", "dropped"}, "a Stdin chunk inside the header"},
      {"environment_without_equals", {"error", "ignored"}, "an Environment chunk without ="},
      {"nul", {"error", "kept"}, "a NUL in an argument, a variable or the directory"},
      {"not_utf8", {"kept", "replaced", "error"}, "arguments that are not UTF-8"},
      {"protocol_error", {"cancel", "runs-on", "kill"}, "a chunk that is not allowed after C"},
      {"exit_codes", {"int32", "byte"}, "the exit codes that a run can have: any, or those of a process"},
      {"exit_newline", {"no", "yes"}, "a newline in the payload of X"},
      {"output_ahead",
       {"queue", "socket"},
       "what a run may write while its reader stands still: 240 KiB at least, or what the kernel takes"},
      {"header_timeout", {"yes", "no"}, "an idle peer is cut inside its header"},
      {"runs", {"at-once", "in-turn"}, "runs of several clients: all at once, or one after the other under a run lock"},
  };
  return axes;
}

const dialect_axis* find_dialect_axis(std::string_view name) {
  const auto& axes = dialect_axes();
  const auto found = std::ranges::find(axes, name, &dialect_axis::name);
  return found == axes.end() ? nullptr : &*found;
}

dialect naild_dialect() {
  dialect values;
  for (const dialect_axis& axis : dialect_axes()) values.emplace(axis.name, axis.values.front());
  return values;
}

}  // namespace nailbiter::scenario
