#pragma once

// The log file that a puppet gives its run: one that no other run of any daemon names. For the harness only.

#include <cstdint>

#include "reference/base/bytes.hpp"
#include "reference/port/run_log_files.hpp"
#include "reference/stdio/run_log.hpp"

namespace naild::nail {

class puppet_log {
 public:
  /// Borrows the files, which may be null.
  puppet_log(port::run_log_files* files, std::int64_t pid, std::uint32_t session) noexcept
      : files_(files), pid_(pid), session_(session) {}

  /// From now on the log goes there. Empty, or why it does not.
  base::bytes open(stdio::run_log& log);

  /// What is in the file, which is then gone; the log goes to stderr again.
  base::bytes take(stdio::run_log& log);

 private:
  base::bytes path() const;  // made at each use: most runs have none

  port::run_log_files* files_;
  std::int64_t pid_;
  std::uint32_t session_;
};

}  // namespace naild::nail
