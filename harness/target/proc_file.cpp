#include "harness/target/proc_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace nailbiter::target {

proc_file read_proc_file(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file);
  // Unlike an iterator over it, this catches what the buffer throws when a read fails.
  std::ostringstream whole;
  whole << in.rdbuf();
  proc_file found{.text = std::move(whole).str(), .why_not = {}};
  while (!found.text.empty() && found.text.back() == '\n') found.text.pop_back();
  if (found.text.empty()) found.why_not = errno != 0 ? std::strerror(errno) : "empty";
  return found;
}

}  // namespace nailbiter::target
