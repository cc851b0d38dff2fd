#pragma once

// Performs a puppet's script on a stage, under the orders of the control connection when the run's environment names
// one (NAILBITER_CONTROL). The meaning of every op is here and only here.

#include <cstdint>
#include <map>
#include <optional>

#include "reference/puppet/control_client.hpp"
#include "reference/puppet/script.hpp"
#include "reference/puppet/stage.hpp"
#include "reference/task/event.hpp"
#include "reference/task/group.hpp"

namespace naild::puppet {

inline constexpr std::int32_t cancelled_exit_code = -1;
inline constexpr std::int32_t usage_exit_code = 64;
inline constexpr std::int32_t control_lost_exit_code = 70;

/// Own strand only; `where` outlives it.
class performer final : control_listener {
 public:
  explicit performer(stage& where);

  /// The stage's run has been cancelled: set by whoever holds its token.
  task::event& wake() noexcept { return wake_; }

  /// The run's exit code. Ends soon after a cancel (-1), an exit order, or the loss of the control connection (70).
  task::task<std::int32_t> perform();

 private:
  using ending = std::optional<std::int32_t>;  // set: the run is over, with this code

  void control_changed() override;
  ending over() const;

  task::task<bool> open_control();
  task::task<ending> perform_script();
  task::task<ending> perform_op(const op& what);
  task::task<ending> obey_orders();
  task::task<ending> wait_for(base::byte_view token, base::bytes report);
  task::task<ending> wait_for_byte();
  task::task<ending> be_deaf(const op& what);
  task::task<ending> hang();
  task::task<ending> complain(base::byte_view text);
  task::task<ending> wait_for_harness(const op& what);
  task::task<ending> leave_to_stage(const op& what);
  task::task<> say_goodbye(std::int32_t code);
  task::task<> report_end(std::int32_t code);

  task::task<> write(int fd, base::byte_view text);
  task::task<> write_stream(int fd, std::uint64_t bytes);
  task::task<> flood();
  task::task<> copy_stdin();
  task::task<> skip_stdin(std::uint64_t bytes);
  void close(int fd);
  task::task<> set_or_print(const op& run_value);

  std::optional<base::byte_view> value_of(base::byte_view name) const;
  base::bytes stream_name() const;
  base::bytes all_values() const;
  base::bytes all_arguments() const;
  base::bytes answer_to(const op& question);

  stage& stage_;
  task::event wake_;
  task::group readers_;
  control_client control_;
  std::map<base::bytes, base::bytes, std::less<>> set_values_;  // by setenv
  std::map<base::bytes, base::bytes, std::less<>> run_values_;  // umask, locale
  std::map<base::bytes, std::uint64_t, std::less<>> counters_;
  base::bytes run_;
  base::bytes working_dir_;
  bool closed_[3] = {false, false, false};
};

}  // namespace naild::puppet
