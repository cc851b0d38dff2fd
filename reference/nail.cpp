// nail: runs one command in naild, as if it ran here. Wiring only: arguments, ports, exit code.

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "reference/client/driver.hpp"
#include "reference/io/clock.hpp"
#include "reference/io/connector.hpp"
#include "reference/io/fd_stream.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/signals.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/task/spawn.hpp"

namespace {

using namespace naild;

constexpr int exit_usage = 64;

struct options {
  port::address daemon;
  client::invocation asked;
};

// Everything from the first word that is no option of ours belongs to the command, verbatim.
int own_arguments(int count, char** words) {
  for (int at = 1; at < count; ++at) {
    const std::string_view word = words[at];
    if (word == "--") return at;
    if (!word.starts_with('-')) return at;
    if (word == "--socket" || word == "--tcp" || word == "--cancel") ++at;
  }
  return count;
}

std::string default_address() {
  if (const char* named = std::getenv("NAILD_SOCKET")) return std::string("unix:") + named;
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR")) return std::string("unix:") + runtime + "/naild.sock";
  return {};
}

std::vector<base::bytes> own_environment(bool concurrent) {
  std::vector<base::bytes> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (std::string_view(*entry).find('=') != std::string_view::npos) entries.emplace_back(*entry);
  }
  if (concurrent) entries.emplace_back("PANTS_CONCURRENT=1");
  return entries;
}

// The daemon's own commands have options of their own, so that no word of the user's is taken for one.
struct administration {
  bool status = false;
  bool stop = false;
  std::string cancel;

  void add_to(CLI::App& app) {
    auto* group = app.add_option_group("Instead of a command");
    group->add_flag("--status", status, "list the daemon's sessions: number, phase, age, command");
    group->add_option("--cancel", cancel, "SESSION: cancel the run with this number");
    group->add_flag("--stop", stop, "accept nothing more and end when the runs have ended; returns once nobody can connect");
    group->require_option(0, 1);
  }

  // Empty = an ordinary command follows.
  std::vector<base::bytes> command() const {
    if (status) return {"naild-status"};
    if (stop) return {"naild-stop"};
    if (!cancel.empty()) return {"naild-cancel", cancel};
    return {};
  }
};

// Exit code to leave with, or -1 to go on.
int parse(int count, char** words, options& into) {
  CLI::App app{"nail [OPTIONS] [--] COMMAND [ARGS...]\nRuns a command in naild: arguments, environment, directory and stdin go there; output and exit code come back.\n"
               "Ctrl+C once cancels the run and waits for its end; twice leaves at once.", "nail"};
  std::string socket;
  std::string tcp;
  bool concurrent = false;
  app.add_option("--socket", socket, "path of the daemon's unix socket (default: $NAILD_SOCKET, else $XDG_RUNTIME_DIR/naild.sock)");
  app.add_option("--tcp", tcp, "HOST:PORT of the daemon")->excludes("--socket");
  app.add_flag("--concurrent", concurrent, "deprecated, does nothing: runs are always concurrent");
  administration asked_of_daemon;
  asked_of_daemon.add_to(app);
  app.set_version_flag("--version", "nail 0.1.0");
  app.footer("Examples:\n  nail --socket /run/user/1000/naild.sock exec make -j4\n  yes | nail exec head -n 3\n\n"
             "Exit code: the run's, modulo 256; 75 when no daemon answers or the outcome is unknown; 64 for wrong usage.");
  const int own = own_arguments(count, words);
  try {
    app.parse(own, words);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : exit_usage;
  }
  int command = own;
  if (command < count && std::string_view(words[command]) == "--") ++command;
  const std::vector<base::bytes> own_command = asked_of_daemon.command();
  if ((command >= count) == own_command.empty()) {
    fmt::print(stderr, "nail: {}; see nail --help\n", own_command.empty() ? "no command" : "--status, --cancel and --stop take no command");
    return exit_usage;
  }
  const std::string text = !tcp.empty() ? "tcp:" + tcp : !socket.empty() ? "unix:" + socket : default_address();
  if (text.empty()) {
    fmt::print(stderr, "nail: no daemon named: use --socket PATH, --tcp HOST:PORT or set NAILD_SOCKET\n");
    return exit_usage;
  }
  const auto address = port::parse_address(text);
  if (!address) {
    fmt::print(stderr, "nail: {}\n", address.error());
    return exit_usage;
  }
  std::error_code ec;
  const auto directory = std::filesystem::current_path(ec);
  if (ec) {
    fmt::print(stderr, "nail: the current directory cannot be named: {}\n", ec.message());
    return exit_usage;
  }
  into.daemon = *address;
  std::vector<base::bytes> asked = own_command.empty() ? std::vector<base::bytes>{words + command, words + count} : own_command;
  into.asked = {.command = std::move(asked.front()), .arguments = {std::make_move_iterator(asked.begin() + 1), std::make_move_iterator(asked.end())},
                .environment = own_environment(concurrent), .working_dir = directory.string()};
  return -1;
}

class process_interrupts final : public client::interrupts {
 public:
  explicit process_interrupts(io::loop& loop) : signals_(loop, {SIGINT, SIGTERM, SIGHUP}) {}
  task::task<bool> next() override {
    const auto number = co_await signals_.next();
    co_return number.has_value();
  }
  void cancel() noexcept override { signals_.cancel(); }

 private:
  io::signals signals_;
};

task::task<> converse(const options& chosen, io::loop& loop, io::connector& network, io::clock& time, client::outcome& result) {
  const auto attempt = network.prepare(chosen.daemon);
  auto connected = co_await attempt->connect();
  if (!connected) {
    result = {.exit_code = client::exit_no_daemon,
              .complaint = fmt::format("no daemon answers at {} ({}); start one with: naild --listen {}", port::to_string(chosen.daemon),
                                       base::describe(connected.error()), port::to_string(chosen.daemon))};
  } else {
    process_interrupts interrupts(loop);
    const auto in = io::make_fd_stream(loop, STDIN_FILENO);
    const auto out = io::make_fd_stream(loop, STDOUT_FILENO);
    const auto err = io::make_fd_stream(loop, STDERR_FILENO);
    const client::surroundings around{.daemon = **connected, .standard_in = *in, .standard_out = *out, .standard_err = *err,
                                      .interrupted = interrupts, .time = time};
    result = co_await client::run(chosen.asked, around);
  }
  loop.stop();
}

}  // namespace

int main(int count, char** words) {
  options chosen;
  const int leave = parse(count, words, chosen);
  if (leave >= 0) return leave;
  io::ignore_broken_pipes();
  io::loop loop;
  io::strand_pool strands(loop);
  io::clock time(loop);
  io::connector network(loop);
  client::outcome result;
  task::spawn(strands.make_strand(0, "client"), converse(chosen, loop, network, time, result), {});
  loop.run(1);
  strands.destroy_suspended();
  if (!result.complaint.empty()) fmt::print(stderr, "nail: {}\n", result.complaint);
  return result.exit_code;
}
