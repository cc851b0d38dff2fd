#include "reference/daemon/nail_run.hpp"

#include <memory>

#include <fmt/core.h>

#include "reference/base/printable.hpp"
#include "reference/nail/run_log_request.hpp"

namespace naild::daemon {
namespace {

constexpr base::byte_view concurrent_is_deprecated =
    "naild: PANTS_CONCURRENT is deprecated and does nothing: runs are always concurrent\n";

constexpr std::size_t shown_bytes_max = 200;

}  // namespace

task::task<std::int32_t> run_nail(nail::nail_context& run, const nail::registry& nails) {
  if (run.cancelled()) co_return nail::cancelled_exit_code;
  if (run.environment("PANTS_CONCURRENT")) (void)co_await run.write_stderr(concurrent_is_deprecated);
  const base::bytes complaints = nail::obey_log_request(run);
  if (!complaints.empty()) (void)co_await run.write_stderr(complaints);
  const std::unique_ptr<nail::nail> found = nails.make(run.values().command);
  if (found == nullptr) {
    const base::bytes name = base::printable(base::byte_view(run.values().command).substr(0, shown_bytes_max));
    const base::bytes text = fmt::format("naild: no such command: {}\n", name);
    (void)co_await run.write_stderr(text);
    co_return no_such_command_code;
  }
  const std::int32_t code = co_await found->run(run);
  co_return code;
}

}  // namespace naild::daemon
