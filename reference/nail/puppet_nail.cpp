#include "reference/nail/puppet_nail.hpp"

#include <utility>

#include "reference/puppet/performer.hpp"

namespace naild::nail {
namespace {

class nail_stage final : public puppet::stage {
 public:
  nail_stage(nail_context& run, std::int64_t pid) noexcept : run_(run), pid_(pid) {}

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
