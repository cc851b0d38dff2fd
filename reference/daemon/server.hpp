#pragma once

// The daemon: accepts connections, gives each its session on a strand of its own, drains and stops. The same code runs
// on real sockets and in the simulator: it is given ports.

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "reference/daemon/admission.hpp"
#include "reference/daemon/deadlines.hpp"
#include "reference/daemon/header_budget.hpp"
#include "reference/daemon/services.hpp"
#include "reference/daemon/session_table.hpp"
#include "reference/nail/administration.hpp"
#include "reference/port/listener.hpp"
#include "reference/task/event.hpp"
#include "reference/task/group.hpp"
#include "reference/task/task.hpp"

namespace naild::daemon {

/// Usage: construct; serve_on() each listener; spawn run() on `own`; its end is the daemon's end. The server must
/// outlive run() and every session's strand (all sessions have left when run() returns in good order).
class server final : public nail::overseer {
 public:
  server(const services& given, task::strand& own);
  ~server() override;

  /// Before run(). The listener must accept on `own` only, and outlive run().
  void serve_on(port::listener& listener);

  /// Serves until a drain has finished. Own strand.
  task::task<> run();

  /// Stops accepting, answers the backlog with 75 'draining', lets runs finish for drain_ms, then cancels them all.
  /// Any thread; idempotent.
  void drain();

  /// Drains, and cancels every run at once (a second signal). Any thread; idempotent.
  void cancel_all();

  // For the commands of add_administration().
  void list(task::strand& where, std::uint32_t after, std::function<void(nail::session_page)> told) override;
  bool cancel(std::uint32_t session, base::bytes reason) override;
  void stop(task::strand& where, std::function<void()> told) override;

  /// Sessions that have not ended. Any thread.
  std::size_t sessions() const { return table_.size(); }

 private:
  enum class stage : std::uint8_t { serving, draining, cancelling };

  task::task<> accept_from(port::listener& listener);
  void open(std::unique_ptr<port::byte_stream> stream);
  void advance_to(stage next);
  void stop_accepting();
  void tell_stopped();
  task::task<> until_empty(std::uint64_t ms_max);
  task::task<> ring(port::timer& limit, std::uint64_t ms, bool& time_is_up);
  void name_the_remaining();

  services given_;
  task::strand& own_;
  session_table table_;
  admission runs_;
  deadlines notes_;
  header_budget headers_;
  std::vector<port::listener*> listeners_;
  task::event changed_;
  task::group acceptors_;
  task::group helpers_;
  stage stage_ = stage::serving;
  bool refuses_ = false;  // nobody can connect any more
  std::vector<std::pair<task::strand*, std::function<void()>>> when_refusing_;
  bool empty_ = false;  // the table's last session has left; only once nobody can enter
  std::uint32_t last_session_ = 0;
};

}  // namespace naild::daemon
