#pragma once

// The log files of runs in memory: one world's, by path.

#include <map>
#include <memory>
#include <utility>

#include "reference/port/run_log_files.hpp"

namespace nailbiter::sim {

class run_log_files final : public naild::port::run_log_files {
 public:
  using bytes = naild::base::bytes;

  tl::expected<std::shared_ptr<naild::port::run_log_file>, std::string> open(const bytes& path) override {
    std::shared_ptr<file>& found = files_[path];
    if (found == nullptr) found = std::make_shared<file>();
    return found;
  }

  bytes take(const bytes& path) override {
    const auto found = files_.find(path);
    if (found == files_.end()) return {};
    const std::shared_ptr<file> gone = std::move(found->second);
    files_.erase(found);
    return gone->text;
  }

 private:
  struct file final : naild::port::run_log_file {
    bool append(naild::base::byte_view line) override {
      text.append(line);
      return true;
    }
    bytes text;
  };

  std::map<bytes, std::shared_ptr<file>> files_;
};

}  // namespace nailbiter::sim
