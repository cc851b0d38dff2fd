#include "reference/stdio/destination.hpp"

#include <utility>

#include "reference/base/printable.hpp"

namespace naild::stdio {

destination::destination(std::uint32_t session, port::log_sink& sink, output_watcher& output, input_watcher& input,
                         std::shared_ptr<run_log> log, task::thread_control* threads)
    : session_(session),
      sink_(sink),
      log_(std::move(log)),
      output_(output, *this, {}, {threads, task::resource_of(session, task::session_part::output_queue)}),
      input_(input, {threads, task::resource_of(session, task::session_part::stdin_pipe)}) {}

void destination::log(port::severity level, base::byte_view text) {
  const base::bytes line = log_->take(level, text);
  if (!line.empty()) (void)output_.write(stream::standard_error, line);
}

void destination::detach() {
  output_.detach();
  input_.end();
}

void destination::late_output(stream which, base::byte_view text) noexcept {
  const base::byte_view kind = which == stream::standard_output ? "late stdout: " : "late stderr: ";
  sink_.write(port::severity::info, session_, base::bytes(kind) + base::printable(text));
}

}  // namespace naild::stdio
