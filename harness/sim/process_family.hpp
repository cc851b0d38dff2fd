#pragma once

// A simulated process group with the orphans that left it: who lives, who gets a signal, and the leader's end on its
// way to the session. Internal to the simulated processes.

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "harness/sim/process.hpp"

namespace nailbiter::sim {

/// What a request runs; nullptr: there is no such program.
using program_maker = std::function<std::unique_ptr<program>(const port::process_request&)>;

/// Shared by the session's process object and by the running members, whichever ends last. Own strand unless said.
class family : public std::enable_shared_from_this<family> {
 public:
  family(scheduler& owner, const program_maker& makes, std::uint32_t session);

  /// The leader with its three streams, at the child's side. Any strand.
  void start_leader(const port::process_request& what, std::unique_ptr<program> work, std::unique_ptr<stream> streams[3]);
  child* start_relative(child& of, std::vector<std::string> arguments, child* waits, bool in_group);

  /// To every member of the group, in a step of the family's strand. Any strand.
  void post_signal(int number);

  task::strand& strand() noexcept { return strand_; }
  std::size_t members() const noexcept { return members_.size(); }
  std::int32_t leader_pid() const noexcept { return first_pid_; }

  // The session's side, on its strand: `told` is called with the status in a step of the notice's own strand.
  std::optional<std::int32_t> leader_status() const noexcept { return noticed_; }
  void on_noticed(std::function<void(std::int32_t)> told) { told_ = std::move(told); }

 private:
  task::task<> live(std::shared_ptr<family> self, std::unique_ptr<child> member, bool leads);
  void start(std::unique_ptr<child> member, bool leads);
  void remove(child& member);
  void notice_leader(std::int32_t status);

  const program_maker& makes_;
  std::uint32_t session_;
  task::strand& strand_;
  task::strand& notice_;
  std::vector<child*> members_;  // oldest first
  std::int32_t first_pid_;
  std::int32_t next_pid_;
  std::optional<std::int32_t> noticed_;
  std::function<void(std::int32_t)> told_;
};

}  // namespace nailbiter::sim
