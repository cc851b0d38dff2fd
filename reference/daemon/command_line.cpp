#include "reference/daemon/command_line.hpp"

#include <map>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace naild::daemon {
namespace {

template <class Number>
void add_limit(CLI::App& app, const std::string& name, Number& value, const std::string& text) {
  app.add_option("--" + name, value, text)->check(CLI::PositiveNumber)->capture_default_str()->group("Limits");
}

void add_limits(CLI::App& app, limits& bounds) {
  add_limit(app, "chunk-bytes-max", bounds.chunk_bytes_max, "payload bytes of one chunk");
  add_limit(app, "header-bytes-max", bounds.header_bytes_max, "bytes of one session's header");
  add_limit(app, "header-bytes-total-max", bounds.header_bytes_total_max, "bytes of all sessions' headers");
  add_limit(app, "args-max", bounds.args_max, "arguments of one run");
  add_limit(app, "env-max", bounds.env_max, "variables of one run");
  add_limit(app, "header-timeout-ms", bounds.header_timeout_ms, "from connect to the command");
  add_limit(app, "heartbeat-timeout-ms", bounds.heartbeat_timeout_ms, "silence of a client that has sent a heartbeat");
  add_limit(app, "stdin-bytes-max", bounds.stdin_bytes_max, "stdin that a run has not read");
  add_limit(app, "stdin-spill-max", bounds.stdin_spill_max, "the same on TCP, where a peer's leaving is seen late");
  add_limit(app, "output-bytes-max", bounds.output_bytes_max, "output that a client has not taken");
  add_limit(app, "sessions-max", bounds.sessions_max, "open sessions");
  add_limit(app, "descriptors-max", bounds.descriptors_max, "open descriptors of the process; the system's hard limit besides");
  add_limit(app, "runs-max", bounds.runs_max, "runs at a time; more wait in their order");
  add_limit(app, "grace-ms", bounds.grace_ms, "from SIGINT to SIGKILL");
  add_limit(app, "drain-ms", bounds.drain_ms, "how long a drain lets runs finish");
  add_limit(app, "orphan-ms", bounds.orphan_ms, "how long an orphan may keep a run's pipe open");
  add_limit(app, "linger-ms", bounds.linger_ms, "how long the daemon waits for the client's close after the exit");
  add_limit(app, "pool-threads-max", bounds.pool_threads_max, "threads for blocking commands");
  add_limit(app, "pool-lost-max", bounds.pool_lost_max, "such threads that may never come back; then the daemon drains");
  const std::map<std::string, session::stdin_grant> grants{{"each", session::stdin_grant::each},
                                                           {"once", session::stdin_grant::once}};
  app.add_option("--stdin-grant", bounds.stdin_grant, "ask for stdin once, or after each chunk taken")
      ->transform(CLI::CheckedTransformer(grants))
      ->group("Limits");
}

// The library merges a file's options with the words of the command line, which win; our reader gives them to it.
class configuration_reader final : public CLI::Config {
 public:
  configuration_reader(const CLI::App& app, std::vector<configured_command>& commands) : app_(app), commands_(commands) {}

  std::string to_config(const CLI::App*, bool, bool, std::string) const override { return {}; }

  std::vector<CLI::ConfigItem> from_config(std::istream& text) const override {
    auto read = parse_configuration(text);
    if (!read) throw CLI::ConfigError(file() + read.error(), CLI::ExitCodes::ConfigError);
    commands_ = std::move(read->commands);
    std::vector<CLI::ConfigItem> found;
    for (configured_option& each : read->options) {
      if (each.name == "config" || app_.get_option_no_throw("--" + each.name) == nullptr) {
        throw CLI::ConfigError(fmt::format("{}'{}' is no option of naild", file(), each.name), CLI::ExitCodes::ConfigError);
      }
      CLI::ConfigItem& item = found.emplace_back();
      item.name = std::move(each.name);
      item.inputs = std::move(each.values);
    }
    return found;
  }

 private:
  std::string file() const { return app_.get_config_ptr()->as<std::string>() + ": "; }

  const CLI::App& app_;
  std::vector<configured_command>& commands_;
};

}  // namespace

std::variant<options, early_exit> parse_command_line(int count, const char* const* words) {
  options asked;
  CLI::App app("naild: a daemon that runs many nailgun commands at once", "naild");
  std::vector<std::string> addresses;
  app.add_option("--listen", addresses, "unix:PATH or tcp:HOST:PORT (loopback; port 0 = any); repeatable")->required();
  app.add_option("--io-threads", asked.io_threads, "threads that serve sockets")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_flag("--enable-puppet", asked.enable_puppet, "offer the commands 'puppet' and 'puppet-blocking' (for test harnesses)");
  app.add_option("--ready-fd", asked.ready_fd, "descriptor that gets a line 'ready' once the daemon accepts")
      ->check(CLI::PositiveNumber);
  app.add_option("--log", asked.log_file, "file for the daemon's own words, instead of stderr");
  add_limits(app, asked.bounds);
  app.set_config("--config", "", "TOML file with these options by name, and [commands.NAME] exec = [PROGRAM, ARGS...]");
  app.config_formatter(std::make_shared<configuration_reader>(app, asked.commands));
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    std::ostringstream text;
    const int code = app.exit(error, text, text);
    return early_exit{code == 0 ? 0 : usage_exit_code, text.str()};
  }
  for (const std::string& each : addresses) {
    auto where = port::parse_address(each);
    if (!where) return early_exit{usage_exit_code, fmt::format("naild: --listen: {}\n", where.error())};
    if (where->kind == port::transport::simulated) {
      return early_exit{usage_exit_code, "naild: --listen: simulated addresses exist only in a simulator\n"};
    }
    asked.listen.push_back(std::move(*where));
  }
  return asked;
}

}  // namespace naild::daemon
