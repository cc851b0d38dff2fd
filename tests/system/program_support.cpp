#include "tests/system/program_support.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace nailbiter::system_test {
namespace {

constexpr int silence_ms_max = 120'000;

struct pipe_ends {
  int read = -1;
  int write = -1;
};

pipe_ends make_pipe() {
  std::array<int, 2> fds{};
  if (::pipe2(fds.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return {fds[0], fds[1]};
}

/// Appends what has come; false at the end.
bool take(int fd, std::string& text) {
  std::array<char, 65536> buffer;
  const auto got = ::read(fd, buffer.data(), buffer.size());
  if (got <= 0) return false;
  text.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

pid_t start(const std::vector<std::string>& argv, int out, int err) {
  std::vector<char*> words;
  for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out, 1);
  ::posix_spawn_file_actions_adddup2(&actions, err, 2);
  pid_t id = -1;
  const int error = ::posix_spawnp(&id, words[0], &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + argv[0]);
  return id;
}

}  // namespace

std::string program(const std::string& name) { return std::string(NAILBITER_BINARY_DIR) + "/bin/" + name; }

ended run(const std::vector<std::string>& argv, const std::function<void(pid_t)>& while_running) {
  const auto out = make_pipe();
  const auto err = make_pipe();
  const auto id = start(argv, out.write, err.write);
  ::close(out.write);
  ::close(err.write);
  ended result;
  bool told = !while_running;
  std::array<pollfd, 2> watched{pollfd{.fd = out.read, .events = POLLIN, .revents = 0}, pollfd{.fd = err.read, .events = POLLIN, .revents = 0}};
  while (watched[0].fd >= 0 || watched[1].fd >= 0) {
    if (::poll(watched.data(), watched.size(), silence_ms_max) == 0) ::kill(id, SIGKILL);
    if (watched[0].revents != 0 && !take(out.read, result.out)) watched[0].fd = -1;
    if (watched[1].revents != 0 && !take(err.read, result.err)) watched[1].fd = -1;
    if (told || result.out.empty()) continue;
    told = true;
    while_running(id);
  }
  ::close(out.read);
  ::close(err.read);
  int status = 0;
  ::waitpid(id, &status, 0);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

scratch::scratch() {
  std::string form = (std::filesystem::temp_directory_path() / "system-test-XXXXXX").string();
  if (::mkdtemp(form.data()) == nullptr) throw std::runtime_error("no folder");
  path_ = form;
}

scratch::~scratch() {
  std::error_code ec;
  std::filesystem::remove_all(path_, ec);
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string last_line(const std::string& text) {
  if (text.empty()) return {};
  const auto end = text.back() == '\n' ? text.size() - 1 : text.size();
  const auto begin = text.rfind('\n', end - 1);
  return text.substr(begin == text.npos ? 0 : begin + 1, end - (begin == text.npos ? 0 : begin + 1));
}

void write_wrong_scenario(const scratch& folder) {
  std::filesystem::create_directories(folder.path() / "scenarios" / "exit");
  std::ofstream(folder.path() / "scenarios" / "exit" / "wrong.toml")
      << "id = \"exit/wrong\"\ntitle = \"Expects another code\"\nrequires = [\"I2\"]\n"
         "[[client]]\nname = \"a\"\nscript = [\"exit 3\"]\nexpect = { exit = 4 }\n";
}

}  // namespace nailbiter::system_test
