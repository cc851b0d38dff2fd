#include "reference/nail/puppet_log.hpp"

#include <fmt/core.h>

#include "reference/nail/run_log_request.hpp"

namespace naild::nail {

puppet_log::puppet_log(port::run_log_files* files, std::int64_t pid, std::uint32_t session)
    : files_(files), path_(fmt::format("/tmp/naild-puppet-{}-{}.log", pid, session)) {}

// One that an earlier daemon of the same number has left is not ours.
base::bytes puppet_log::open(stdio::run_log& log) {
  if (files_ != nullptr) (void)files_->take(path_);
  return open_log_file(log, files_, "/", path_);
}

base::bytes puppet_log::take(stdio::run_log& log) {
  log.set_file(nullptr);
  return files_ == nullptr ? base::bytes() : files_->take(path_);
}

}  // namespace naild::nail
