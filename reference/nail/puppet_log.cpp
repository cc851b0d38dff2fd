#include "reference/nail/puppet_log.hpp"

#include <fmt/core.h>

#include "reference/nail/run_log_request.hpp"

namespace naild::nail {

base::bytes puppet_log::path() const { return fmt::format("/tmp/naild-puppet-{}-{}.log", pid_, session_); }

// One that an earlier daemon of the same number has left is not ours.
base::bytes puppet_log::open(stdio::run_log& log) {
  if (files_ != nullptr) (void)files_->take(path());
  return open_log_file(log, files_, "/", path());
}

base::bytes puppet_log::take(stdio::run_log& log) {
  log.set_file(nullptr);
  return files_ == nullptr ? base::bytes() : files_->take(path());
}

}  // namespace naild::nail
