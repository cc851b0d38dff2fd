#pragma once

// Plays one plan: its clients in their order, the control server when the plan needs one, until nothing is left to do.
// Makes the history. Knows neither the world nor the verdict.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/actor/client.hpp"
#include "harness/actor/control_server.hpp"
#include "harness/actor/recorder.hpp"
#include "harness/actor/setting.hpp"
#include "harness/actor/turns.hpp"

namespace nailbiter::actor {

/// All strands step on one thread. Outlives the world's last step; the world drops its suspended tasks first.
class case_driver final : public company {
 public:
  /// Borrows all. `control_door` may be null when the plan needs no control. `memory` is recycled for the events.
  case_driver(const setting& where, const plan::plan& what, naild::port::listener* control_door,
              std::vector<history::event> memory = {});
  ~case_driver() override;

  /// Spawns the actors; before the world runs, or in a step of it.
  void start();

  /// Every client is done and no run reports any more.
  bool finished() const noexcept { return clients_running_ == 0 && runs_settled_; }

  /// Called once, in a step, when finished() has become true.
  void on_finished(std::function<void()> tell) { tell_finished_ = std::move(tell); }

  /// What is still awaited, one part a client; empty when finished.
  std::string awaited() const;

  /// Grows with all that any actor does or sees; heartbeats alone are no progress.
  std::uint64_t progress() const noexcept;

  /// Records that the case ends here (deadline_passed, quiescent, no_progress or daemon_ended) and what was awaited.
  void note_end(event_kind why, std::int64_t number = 0);

  /// Ends all puppets and closes all connections; finished() follows. In a step.
  void give_up();

  recorder& record() noexcept { return record_; }

 private:
  void go(std::uint32_t actor, const std::string& token) override;
  void order(std::uint32_t actor, const std::string& script_op) override;
  bool has_finished(const std::string& client_name) const override;
  bool knows(const std::string& client_name) const override { return actor_of_.contains(client_name); }
  bool is_open(std::uint64_t turn) const override { return turns_.is_open(turn); }
  void take(std::uint64_t turn) override;
  void forfeit(std::uint32_t actor) override;
  void finished(std::uint32_t actor) override;

  void start_client(std::uint32_t actor);
  void tell_client(run_news news);
  void tell_watchers(std::uint32_t finished_actor);
  void tell(client& told, std::uint32_t actor);
  void turn_over();
  void settle_runs();
  void take_census();
  naild::task::task<> wait_for_late_runs();
  bool awaits_run(std::uint32_t actor) const;

  const setting& where_;
  const plan::plan& what_;
  recorder record_;
  std::map<std::string, std::uint32_t> actor_of_;
  turns turns_;
  std::vector<std::unique_ptr<client>> clients_;  // null until it starts
  naild::task::strand* control_strand_ = nullptr;
  std::unique_ptr<control_server> control_;
  std::function<void()> tell_finished_;
  std::size_t clients_running_ = 0;  // not done, those not started included
  bool counts_resources_;
  bool runs_settled_ = true;
  bool late_runs_awaited_ = false;
  bool given_up_ = false;
};

}  // namespace nailbiter::actor
