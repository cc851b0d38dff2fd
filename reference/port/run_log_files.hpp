#pragma once

// Files that runs log to, by path; the simulator keeps them in memory. Several runs may name the same one.

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "reference/base/bytes.hpp"

namespace naild::port {

/// Any thread. Calls may wait for a local disk, never for a peer.
class run_log_file {
 public:
  virtual ~run_log_file() = default;

  /// One line with its newline, at the file's end, not mixed with others'. False: it is not there (no space).
  virtual bool append(base::byte_view line) = 0;
};

/// Any thread.
class run_log_files {
 public:
  virtual ~run_log_files() = default;

  /// `path` is absolute. A file that is not there is made, readable by its owner only; links and what is no regular
  /// file are refused. The error says why.
  virtual tl::expected<std::shared_ptr<run_log_file>, std::string> open(const base::bytes& path) = 0;

  /// What is in the file, which is then gone; empty when there is none.
  virtual base::bytes take(const base::bytes& path) = 0;
};

}  // namespace naild::port
