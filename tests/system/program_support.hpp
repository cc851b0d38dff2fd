#pragma once

// Runs the built programs as a user does: an argument vector, its output and its exit code.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace nailbiter::system_test {

struct ended {
  int exit_code = -1;                  // 128 + N: by signal N
  std::string out;
  std::string err;
};

/// A program of this build.
std::string program(const std::string& name);

/// `while_running` is called once, with its process id, when its standard output has said something.
ended run(const std::vector<std::string>& argv, const std::function<void(pid_t)>& while_running = {});

/// A fresh folder, removed at its end.
class scratch {
 public:
  scratch();
  ~scratch();
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

std::string content_of(const std::filesystem::path& file);

/// The last line of a text, without its line feed.
std::string last_line(const std::string& text);

/// The scenario exit/wrong in the folder's scenarios/: a case that no right daemon passes.
void write_wrong_scenario(const scratch& folder);

}  // namespace nailbiter::system_test
