#include "reference/stdio/run_log.hpp"

#include <utility>

#include <fmt/core.h>

namespace naild::stdio {

void run_log::set_file(std::shared_ptr<port::run_log_file> file) {
  const std::lock_guard lock(mutex_);
  file_.swap(file);
}

base::bytes run_log::take(port::severity level, base::byte_view text) {
  if (level < least_.load(std::memory_order_relaxed)) return {};
  base::bytes line = fmt::format("[{}] {}\n", port::name_of(level), text);
  std::shared_ptr<port::run_log_file> file;
  {
    const std::lock_guard lock(mutex_);
    file = file_;
  }
  if (file != nullptr && file->append(line)) line.clear();
  return line;
}

}  // namespace naild::stdio
