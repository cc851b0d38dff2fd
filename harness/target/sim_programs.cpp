#include "harness/target/sim_programs.hpp"

#include <csignal>
#include <deque>
#include <map>
#include <optional>
#include <vector>
#include <utility>

#include "harness/sim/process_spawner.hpp"
#include "reference/puppet/performer.hpp"

namespace nailbiter::target {
namespace {

using naild::base::byte_view;
using naild::base::bytes;
using naild::puppet::op;
using naild::puppet::op_kind;
using naild::task::task;

/// The puppet as the program of a simulated process; its stage as well.
class puppet_program final : public sim::program, naild::puppet::stage {
 public:
  explicit puppet_program(naild::port::connector& network) noexcept : network_(network) {}

  task<std::int32_t> run(sim::child& self) override {
    self_ = &self;
    naild::puppet::performer performer(*this);
    performer_ = &performer;
    const std::int32_t code = co_await performer.perform();
    performer_ = nullptr;
    co_return cancelled_by_ != 0 ? -cancelled_by_ : code & 0xff;
  }

  bool catches(int number) const noexcept override { return number == SIGINT || number == SIGTERM || traps_.contains(number); }
  void signalled(int number) override {
    const auto trapped = traps_.find(number);
    if (trapped == traps_.end()) {
      cancelled_by_ = number;
      if (self_ != nullptr) self_->stop_io();
    } else {
      ordered_.insert(ordered_.end(), trapped->second.begin(), trapped->second.end());
    }
    interrupt_waits();
  }
  void interrupt_waits() override {
    if (performer_ != nullptr) performer_->wake().set();
  }

 private:
  task<bool> write(int fd, byte_view text) override { return self_->write(fd, text); }
  bool would_wait(std::size_t count) const override { return self_->would_wait(1, count); }
  task<bytes> read(std::size_t bytes_max) override { return self_->read(bytes_max); }
  void close_stdin() override { self_->close_stdin(); }
  void interrupt() override { self_->stop_io(); }
  bool cancelled() const override { return cancelled_by_ != 0 || killed(); }
  bool killed() const override { return self_->dying() != 0; }
  task<std::optional<bytes>> perform_process_op(const op& what) override;
  std::optional<bytes> take_op() override {
    if (ordered_.empty()) return std::nullopt;
    bytes next = std::move(ordered_.front());
    ordered_.pop_front();
    return next;
  }

  std::span<const bytes> arguments() const override { return self_->request().arguments; }
  std::span<const bytes> environment() const override { return self_->request().environment; }
  byte_view working_dir() const override { return self_->request().working_dir; }
  naild::task::strand& strand() override { return self_->strand(); }
  std::uint32_t session() const override { return self_->session(); }
  std::int64_t pid() const override { return self_->pid(); }
  naild::port::connector& network() override { return network_; }

  naild::port::connector& network_;
  sim::child* self_ = nullptr;
  naild::puppet::performer* performer_ = nullptr;
  std::map<int, std::vector<bytes>> traps_;
  std::deque<bytes> ordered_;
  int cancelled_by_ = 0;
};

task<std::optional<bytes>> puppet_program::perform_process_op(const op& what) {
  switch (what.kind) {
    case op_kind::spawn: co_await self_->spawn(naild::puppet::split_script(what.text)); break;
    case op_kind::orphan: self_->spawn_orphan(naild::puppet::split_script(what.text)); break;
    case op_kind::set_sid: self_->leave_group(); break;
    case op_kind::trap: traps_[what.number] = naild::puppet::split_script(what.text); break;
    case op_kind::raw:
      if (what.number == 1 || what.number == 2) (void)co_await self_->write(what.number, what.text);
      break;
    case op_kind::crash: self_->die_by(what.number); break;
    case op_kind::fds: co_return bytes("0\n1\n2\n");
    case op_kind::tty: co_return bytes("no\nno\nno\n");
    case op_kind::spin: break;  // virtual time does not run while something is done
    default: co_return std::nullopt;
  }
  co_return bytes();
}

}  // namespace

sim::program_maker simulated_programs(naild::port::connector& network) {
  return [&network](const naild::port::process_request& what) -> std::unique_ptr<sim::program> {
    if (what.program == "puppet") return std::make_unique<puppet_program>(network);
    return sim::make_small_program(what);
  };
}

}  // namespace nailbiter::target
