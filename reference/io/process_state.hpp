#pragma once

// What a process has once: its environment, directory, umask and locale. Runs have their own of each, so nothing of the
// process's is left for them to find, and what changes it is found. Knows no runs.

#include <sys/types.h>

#include <string>
#include <vector>

namespace naild::io {

inline constexpr mode_t umask_of_runs = 022;

/// In main(), before there are threads and when all that the starter gave has been read: the environment is empty, for
/// readers of /proc too, the directory is /, the umask is umask_of_runs. The command line stays, for ps; no library can
/// reach it.
void leave_state_of_starter() noexcept;

struct process_state {
  std::vector<std::string> environment;  // KEY=VALUE
  dev_t device = 0;                      // of the directory
  ino_t inode = 0;
  mode_t umask = umask_of_runs;
  std::string locale;

  /// Any thread; while another one changes the environment or the locale by itself, the C library promises nothing: an
  /// audit then looks at a process that is wrong already. Sets the umask to umask_of_runs, because it cannot be read otherwise and children inherit it.
  static process_state now();

  bool operator==(const process_state&) const = default;
};

/// What differs, without values: "environment (PATH), working directory"; empty: nothing.
std::string changes_between(const process_state& before, const process_state& after);

}  // namespace naild::io
