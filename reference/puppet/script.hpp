#pragma once

// The puppet's script: each argument is one op, its first word the name, the rest its operands. Pure text; performs
// nothing.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "reference/base/bytes.hpp"

namespace naild::puppet {

enum class op_kind : std::uint8_t {
  out,       // TEXT to stdout
  err,       // TEXT to stderr
  stream,    // FD BYTES: self-identifying bytes (stream_text.hpp)
  flood,     // self-identifying bytes on stdout without end; reports blocked once
  cat,       // stdin to stdout until EOF
  read,      // N bytes of stdin, or fewer at EOF; writes nothing
  close,     // FD: later writes to it are dropped; 0: stdin is not read any more
  env,       // NAME: its value or <unset>, and a newline
  envall,    // all variables as NAME=VALUE by name, escaped, one a line, without NAILBITER_* and NAILGUN_*
  args,      // all arguments, escaped, one a line
  cwd,       // the run's working directory and a newline
  set_env,   // setenv NAME VALUE, on the run's own values
  chdir,     // PATH, on the run's own value
  log_level, // loglevel LEVEL: the run's own
  log,       // LEVEL TEXT: a line of the run's log (stage::perform_process_op, as the next two)
  log_file,  // logfile: from now on the run's log goes to a file of its own
  logged,    // prints what is in that file, which is then gone; the log goes to stderr again
  run_value,  // umask, locale: with an operand sets the run's own value, without one prints it or <unset>
  wait,      // TOKEN: reports `at`, goes on at go TOKEN
  barrier,   // NAME: reports arrival, goes on at go NAME
  hang,      // until cancelled, reading nothing
  deaf,      // TOKEN: as wait, but a cancel does not end it
  exit,      // CODE
  counter,   // NAME: how often this run has counted NAME, this time included, and a newline
  option,    // NAME: the value that this run was given for option NAME (NAILBITER_OPTION_NAME) or <unset>, and a newline
  memo,      // KEY: a result that depends on its run: "KEY of <run>", and a newline
  // What needs a thread of its own (stage::perform_process_op):
  thread,     // SCRIPT: a helper thread performs it; the run does not end before it
  late,       // TOKEN SCRIPT: a thread that nobody waits for performs it after `go TOKEN`
  cout,       // TEXT through std::cout
  cerr,       // TEXT through std::cerr
  cin,        // as cat, through std::cin
  exclusive,  // takes the console; what other threads write is drawn by it
  release,    // gives the console back
  fault,      // throw TEXT: an exception leaves the nail
  // What needs a process of its own (stage::perform_process_op):
  spawn,    // SCRIPT, ops separated by ';': a child puppet in the same group and on the same streams, waited for
  orphan,   // SCRIPT: as spawn, but in a session of its own and not waited for
  set_sid,  // setsid: leaves the process group
  trap,     // SIGNAL SCRIPT: on the signal SCRIPT is performed, at the next op or wait, and the run is not cancelled
  raw,      // FD TEXT: one plain write to any descriptor
  crash,    // SIGNAL: dies by it
  fds,      // the descriptors that were open when it began, one a line
  tty,      // for 0, 1 and 2, one a line: tty or no
  spin,     // MS of processor time are burnt
};

struct op {
  op_kind kind{};
  base::bytes text{};       // TEXT unescaped, NAME, TOKEN or PATH; of run_value its name
  base::bytes value{};      // of setenv and run_value; SCRIPT of late
  std::uint64_t count = 0;  // bytes
  std::int32_t number = 0;  // descriptor, signal, exit code or level (port::severity)

  friend bool operator==(const op&, const op&) = default;
};

/// The error names the op and says what is accepted.
tl::expected<op, std::string> parse_op(base::byte_view text);

/// The ops of a nested SCRIPT: separated by ';', without the blanks around them.
std::vector<base::bytes> split_script(base::byte_view script);

/// All ops, or the first error.
tl::expected<std::vector<op>, std::string> parse_script(std::span<const base::bytes> arguments);

}  // namespace naild::puppet
