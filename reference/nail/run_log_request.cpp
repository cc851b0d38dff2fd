#include "reference/nail/run_log_request.hpp"

#include <fmt/core.h>

#include "reference/base/printable.hpp"

namespace naild::nail {
namespace {

constexpr base::byte_view level_key = "NAILD_LOG_LEVEL=";
constexpr base::byte_view file_key = "NAILD_LOG_FILE=";

}  // namespace

base::bytes open_log_file(stdio::run_log& log, port::run_log_files* files, base::byte_view directory, base::byte_view path) {
  const base::bytes whole = path.starts_with('/') ? base::bytes(path) : fmt::format("{}/{}", directory, path);
  auto file = files == nullptr ? tl::unexpected(std::string("there are no log files here")) : files->open(whole);
  if (!file) return fmt::format("naild: cannot log to '{}': {}", base::printable(whole), file.error());
  log.set_file(std::move(*file));
  return {};
}

base::bytes obey_log_request(nail_context& run) {
  base::bytes complaints;
  for (const base::bytes& entry : run.values().environment) {
    if (!entry.starts_with("NAILD_LOG_")) continue;
    base::byte_view value = entry;
    if (entry.starts_with(level_key)) {
      value.remove_prefix(level_key.size());
      if (value.empty()) continue;
      const auto level = port::severity_named(value);
      if (level) run.own_log()->set_level(*level);
      if (!level) complaints += "naild: NAILD_LOG_LEVEL is none of debug, info, warning, error\n";
    } else if (entry.starts_with(file_key)) {
      value.remove_prefix(file_key.size());
      if (value.empty()) continue;
      const base::bytes fault = open_log_file(*run.own_log(), run.log_files(), run.values().working_dir, value);
      if (!fault.empty()) complaints += fault + '\n';
    }
  }
  return complaints;
}

}  // namespace naild::nail
