#pragma once

// Log files of runs on the real disk: opened for appending, so that one write is one line whoever else writes.

#include "reference/port/run_log_files.hpp"

namespace naild::io {

class run_log_files final : public port::run_log_files {
 public:
  tl::expected<std::shared_ptr<port::run_log_file>, std::string> open(const base::bytes& path) override;
  base::bytes take(const base::bytes& path) override;
};

}  // namespace naild::io
