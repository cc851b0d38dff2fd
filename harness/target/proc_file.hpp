#pragma once

// A file of /proc, read whole. Its process may go at any moment, between the open and the read too.

#include <filesystem>
#include <string>

namespace nailbiter::target {

struct proc_file {
  std::string text{};     // without newlines at its end
  std::string why_not{};  // why there is no text
};

proc_file read_proc_file(const std::filesystem::path& file);

}  // namespace nailbiter::target
