#pragma once

// A real daemon under test: started by the harness, one for each set of its options, or reached at an address. Plays a
// plan over real sockets in the calling thread.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "harness/actor/case_driver.hpp"
#include "harness/target/case_result.hpp"
#include "harness/target/interruption.hpp"
#include "harness/target/live_case.hpp"
#include "harness/target/live_daemon.hpp"
#include "harness/target/target_description.hpp"

namespace nailbiter::target {

/// One thread. Daemons end with it.
class live_target {
 public:
  /// Borrows all; files go to `directory`. `stop` may be null: then SIGINT ends the process as usual.
  live_target(const target_description& what, std::filesystem::path directory, interruption* stop = nullptr);
  ~live_target();

  /// A plan that the target cannot play gives not_exercised, a daemon that does not start unknown; both by the checker
  /// named "target" and without events. Where the first start over a transport fails no other is tried.
  case_result run(const plan::plan& what);

  /// The process that would play it; it is started if it does not run. The error says why there is none to look at.
  tl::expected<std::int32_t, std::string> pid_for(const plan::plan& what);

 private:
  tl::expected<live_daemon*, std::string> daemon_for(const plan::plan& what);
  void note_sanitizers(live_daemon& daemon, case_result& result);
  daemon_state play(const plan::plan& what, live_daemon& daemon, case_result& result);

  const target_description& target_;
  std::filesystem::path directory_;
  interruption* stop_;
  std::map<std::string, live_daemon> daemons_;  // by transport and options
  std::map<std::string, std::string> refusals_;  // by transport: why there is none; empty: there has been one
  std::uint64_t started_ = 0;
  std::uint64_t played_ = 0;
};

/// What a loaded machine needs more: 1 or more, from the load average and the number of processors.
double machine_scale() noexcept;

}  // namespace nailbiter::target
