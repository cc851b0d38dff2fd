// puppet: performs a script as a process of its own. Each argument is one op; see puppet --help. Wiring, and the ops
// that need a process.

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string_view>
#include <vector>


#include <unistd.h>

#include "reference/io/connector.hpp"
#include "reference/io/fd_stream.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/own_process.hpp"
#include "reference/io/signals.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/puppet/performer.hpp"
#include "reference/task/spawn.hpp"

namespace {

using namespace naild;
using puppet::op_kind;

constexpr task::step_label own_label{};
constexpr int usage_code = 64;

constexpr const char* usage =
    "puppet OP...\n"
    "Performs each argument as one op: out TEXT, err TEXT, cat, read N, stream FD BYTES, flood, close FD, env NAME,\n"
    "envall, args, cwd, setenv NAME VALUE, chdir PATH, counter NAME, wait TOKEN, barrier NAME, hang, exit CODE; and with\n"
    "the process: spawn SCRIPT, orphan SCRIPT, setsid, trap SIGNAL SCRIPT, raw FD TEXT, crash SIGNAL, fds, tty, spin MS.\n"
    "Example: puppet 'out hello\\n' 'cat' 'exit 3'\n";

/// This process as a stage: its own streams, values and signals.
class process_stage final : public puppet::stage {
 public:
  process_stage(io::loop& loop, task::strand& own, port::connector& network, std::vector<base::bytes> arguments,
                std::vector<int> inherited)
      : loop_(loop), own_(own), network_(network), signals_(loop, {SIGINT, SIGTERM}), inherited_(std::move(inherited)),
        arguments_(std::move(arguments)), in_(io::make_fd_stream(loop, STDIN_FILENO)),
        out_{io::make_fd_stream(loop, STDOUT_FILENO), io::make_fd_stream(loop, STDERR_FILENO)} {
    for (char** entry = environ; *entry != nullptr; ++entry) environment_.emplace_back(*entry);
    if (char* directory = ::get_current_dir_name()) {
      working_dir_ = directory;
      std::free(directory);
    }
  }

  /// Turns signals into a cancel, or into the script that traps them.
  task::task<> obey_signals(task::event& wake) {
    while (!signals_stopped_) {
      const auto number = co_await signals_.next();
      if (!number) co_return;
      const auto trapped = traps_.find(*number);
      if (trapped == traps_.end()) {
        cancelled_by_ = *number;
        interrupt();
        if (awaited_child_ > 0) io::signal_child(awaited_child_, *number);
      } else {
        for (const base::bytes& each : trapped->second) ordered_.push_back(each);
      }
      wake.set();
    }
  }
  void stop_signals() noexcept {
    signals_stopped_ = true;  // it may not have begun to wait
    signals_.cancel();
  }
  std::optional<int> cancelled_by() const noexcept { return cancelled_by_; }

  task::task<bool> write(int fd, base::byte_view text) override {
    port::byte_stream& into = *out_[fd == 2 ? 1 : 0];
    while (!text.empty()) {
      const auto taken = co_await into.write_some(text);
      if (!taken) co_return false;
      text.remove_prefix(*taken);
    }
    co_return true;
  }

  // Nobody can know without asking the pipe: the kernel says whether it takes a page now.
  bool would_wait(std::size_t) const override { return !io::takes_a_page(STDOUT_FILENO); }

  task::task<base::bytes> read(std::size_t bytes_max) override {
    base::bytes text(bytes_max, '\0');
    const auto got = co_await in_->read_some(std::span<char>(text));
    text.resize(got.value_or(0));
    co_return text;
  }
  void close_stdin() override {
    in_->close();
    ::close(STDIN_FILENO);
  }
  void interrupt() override {
    in_->close();
    for (const auto& each : out_) each->close();
  }

  bool cancelled() const override { return cancelled_by_.has_value(); }
  std::optional<base::bytes> take_op() override {
    if (ordered_.empty()) return std::nullopt;
    base::bytes next = std::move(ordered_.front());
    ordered_.erase(ordered_.begin());
    return next;
  }
  task::task<std::optional<base::bytes>> perform_process_op(const puppet::op& what) override;

  std::span<const base::bytes> arguments() const override { return arguments_; }
  std::span<const base::bytes> environment() const override { return environment_; }
  base::byte_view working_dir() const override { return working_dir_; }
  task::strand& strand() override { return own_; }
  std::uint32_t session() const override { return 0; }
  std::int64_t pid() const override { return ::getpid(); }
  port::connector& network() override { return network_; }

 private:
  task::task<> wait_for_child(int pid);

  io::loop& loop_;
  task::strand& own_;
  port::connector& network_;
  io::signals signals_;
  std::vector<int> inherited_;
  std::map<int, std::vector<base::bytes>> traps_;
  std::vector<base::bytes> ordered_;
  std::optional<int> cancelled_by_;
  int awaited_child_ = -1;  // of `spawn`, not reaped yet
  bool signals_stopped_ = false;
  std::vector<base::bytes> arguments_;
  std::vector<base::bytes> environment_;
  base::bytes working_dir_;
  std::unique_ptr<port::byte_stream> in_;
  std::unique_ptr<port::byte_stream> out_[2];
};

// A cancel that came before the child was there has reached the group without it.
task::task<> process_stage::wait_for_child(int pid) {
  awaited_child_ = pid;
  if (cancelled_by_) io::signal_child(pid, *cancelled_by_);
  co_await io::until_ended(loop_, pid);
  awaited_child_ = -1;
}

task::task<std::optional<base::bytes>> process_stage::perform_process_op(const puppet::op& what) {
  base::bytes answer;
  switch (what.kind) {
    case op_kind::spawn: {
      const int pid = io::spawn_self(puppet::split_script(what.text), io::kinship::same_group);
      if (pid > 0) co_await wait_for_child(pid);
      break;
    }
    case op_kind::orphan: (void)io::spawn_self(puppet::split_script(what.text), io::kinship::own_session); break;
    case op_kind::set_sid: io::leave_session(); break;
    case op_kind::trap:
      traps_[what.number] = puppet::split_script(what.text);
      signals_.add(what.number);
      break;
    case op_kind::raw: io::write_plainly(what.number, what.text); break;
    case op_kind::crash: io::die_by(what.number);
    case op_kind::fds:
      for (const int fd : inherited_) answer += std::to_string(fd) + '\n';
      break;
    case op_kind::tty:
      for (const int fd : {0, 1, 2}) answer += io::is_terminal(fd) ? "tty\n" : "no\n";
      break;
    case op_kind::spin: io::burn_processor_ms(what.count); break;
    default: co_return std::nullopt;
  }
  co_return answer;
}

task::task<> perform(process_stage& stage, io::loop& loop, std::int32_t& code) {
  puppet::performer performer(stage);
  task::group helpers(stage.strand(), own_label);
  helpers.start(stage.obey_signals(performer.wake()));
  code = co_await performer.perform();
  stage.stop_signals();
  co_await helpers.join();
  loop.stop();
}

}  // namespace

int main(int count, char** words) {
  const std::vector<base::bytes> arguments(words + 1, words + count);
  if (count == 2 && std::string_view(words[1]) == "--help") return std::fputs(usage, stdout) < 0;
  if (count == 1) {
    std::fputs(usage, stderr);
    return usage_code;
  }
  std::vector<int> inherited = io::open_descriptors();
  io::ignore_broken_pipes();
  io::loop loop;
  io::strand_pool strands(loop);
  io::connector network(loop);
  process_stage stage(loop, strands.make_strand(0, "puppet"), network, arguments, std::move(inherited));
  std::int32_t code = 0;
  task::spawn(stage.strand(), perform(stage, loop, code), own_label);
  loop.run(1);
  strands.destroy_suspended();
  if (const auto number = stage.cancelled_by()) io::die_by(*number);
  return code;
}
