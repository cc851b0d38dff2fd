#include "reference/nail/puppet_nail.hpp"

#include <utility>

#include "reference/nail/puppet_log.hpp"
#include "reference/puppet/performer.hpp"

namespace naild::nail {
namespace {

class nail_stage final : public puppet::stage {
 public:
  nail_stage(nail_context& run, std::int64_t pid) : run_(run), pid_(pid), log_(run.log_files(), pid, run.session()) {}

  task::task<bool> write(int fd, base::byte_view text) override {
    task::task<stdio::delivery> writing = fd == 2 ? run_.write_stderr(text) : run_.write_stdout(text);
    const stdio::delivery given = co_await std::move(writing);
    co_return given == stdio::delivery::taken;
  }
  bool would_wait(std::size_t bytes) const override { return run_.output_would_wait(bytes); }

  task::task<base::bytes> read(std::size_t bytes_max) override { return run_.read_stdin(bytes_max); }
  void close_stdin() override { run_.stop_reading_stdin(); }

  void interrupt() override {
    run_.stop_reading_stdin();
    run_.stop_waiting_for_output();
  }

  bool cancelled() const override { return run_.cancelled(); }
  void set_log_level(port::severity least) override { run_.own_log()->set_level(least); }

  task::task<std::optional<base::bytes>> perform_process_op(const puppet::op& what) override {
    base::bytes fault;
    switch (what.kind) {
      case puppet::op_kind::log: co_await run_.write_log(static_cast<port::severity>(what.number), what.text); break;
      case puppet::op_kind::log_file: fault = log_.open(*run_.own_log()); break;
      case puppet::op_kind::logged: co_return log_.take(*run_.own_log());
      default: co_return std::nullopt;
    }
    if (!fault.empty()) (void)co_await run_.write_stderr(fault);
    co_return base::bytes();
  }

  std::span<const base::bytes> arguments() const override { return run_.values().arguments; }
  std::span<const base::bytes> environment() const override { return run_.values().environment; }
  base::byte_view working_dir() const override { return run_.values().working_dir; }
  task::strand& strand() override { return run_.strand(); }
  std::uint32_t session() const override { return run_.session(); }
  std::int64_t pid() const override { return pid_; }
  port::connector& network() override { return run_.world().network; }

 private:
  nail_context& run_;
  std::int64_t pid_;
  puppet_log log_;
};

}  // namespace

task::task<std::int32_t> puppet_nail::run(nail_context& run) {
  nail_stage stage(run, pid_);
  puppet::performer performer(stage);
  const cancel_subscription subscription(run.token(), performer.wake());
  const std::int32_t code = co_await performer.perform();
  co_return code;
}

}  // namespace naild::nail
