#include "reference/nail/exec.hpp"

#include <fmt/core.h>

#include <vector>

#include "reference/task/group.hpp"

namespace naild::nail {
namespace {

constexpr std::int32_t exit_not_found = 127;
constexpr std::int32_t exit_cannot_spawn = 126;
constexpr std::size_t pipe_bytes = 64u << 10;

// What is known of one of the child's output pipes; the orphan watch reads it.
struct output_pipe {
  port::byte_stream& source;
  stdio::stream destination;
  std::uint64_t moves = 0;   // reads begun and ended so far
  bool reading = false;      // waits for the child, not for the client
  bool ended = false;
};

// One child while it lives. All of it on the session's strand, in the frame of exec::run.
struct child {
  child(nail_context& of, std::unique_ptr<port::process> started, task::step_label label)
      : run(of), process(std::move(started)), out{process->standard_out(), stdio::stream::standard_output},
        err{process->standard_err(), stdio::stream::standard_error}, grace(of.world().time.make_timer(label)),
        orphan(of.world().time.make_timer(label)), changed(of.strand(), label), tasks(of.strand(), label) {}

  nail_context& run;
  std::unique_ptr<port::process> process;
  output_pipe out;
  output_pipe err;
  std::unique_ptr<port::timer> grace;
  std::unique_ptr<port::timer> orphan;
  task::event changed;  // cancelled, or all output has been delivered
  bool drained = false;
  task::group tasks;  // last: they borrow the rest
};

// Reads on when nobody wants the bytes any more: a child must not hang in a full pipe.
task::task<> copy_output(child& of, output_pipe& pipe) {
  std::vector<char> buffer(pipe_bytes);
  for (;;) {
    pipe.reading = true;
    ++pipe.moves;
    const auto got = co_await pipe.source.read_some(buffer);
    pipe.reading = false;
    if (!got) break;
    ++pipe.moves;
    const base::byte_view text(buffer.data(), *got);
    if (pipe.destination == stdio::stream::standard_output) {
      co_await of.run.write_stdout(text);
    } else {
      co_await of.run.write_stderr(text);
    }
  }
  pipe.ended = true;
  if (of.out.ended && of.err.ended) of.orphan->cancel();
}

task::task<> copy_input(child& of) {
  port::byte_stream& sink = of.process->standard_in();
  for (;;) {
    const base::bytes text = co_await of.run.read_stdin(pipe_bytes);
    if (text.empty()) break;
    base::byte_view rest = text;
    while (!rest.empty()) {
      const auto taken = co_await sink.write_some(rest);
      if (!taken) {  // the child reads no more: its stdin ends, the run goes on
        of.run.stop_reading_stdin();
        sink.close();
        co_return;
      }
      rest.remove_prefix(*taken);
    }
  }
  sink.close();
}

// The grace is for the whole run: what the child says while it ends may wait for a slow client until then, and no longer.
task::task<> enforce_cancel(child& of, exec_bounds bounds) {
  const cancel_subscription subscription(of.run.token(), of.changed);
  while (!of.run.cancelled() && !of.drained) co_await of.changed;
  if (of.drained) co_return;
  of.process->signal_group(SIGINT);
  const auto deadline = of.run.world().time.now() + port::milliseconds(bounds.grace_ms);
  const auto waited = co_await of.grace->until(deadline);
  if (!waited || of.drained) co_return;
  of.process->signal_group(SIGKILL);
  of.run.stop_waiting_for_output();
}

// An orphan that inherited a pipe may keep it open for ever: when nothing came for a whole period while we were ready
// to read, the pipe is closed. A slow client is no reason: then nobody was waiting for the child; and who has only begun
// to wait, since the client took what there was, has not waited for a period.
task::task<> drain_output(child& of, exec_bounds bounds) {
  while (!of.out.ended || !of.err.ended) {
    const std::uint64_t before = of.out.moves + of.err.moves;
    const auto deadline = of.run.world().time.now() + port::milliseconds(bounds.orphan_ms);
    const auto waited = co_await of.orphan->until(deadline);
    if (!waited) break;
    if (of.out.moves + of.err.moves != before) continue;
    if (of.out.reading) of.out.source.close();
    if (of.err.reading) of.err.source.close();
  }
}

}  // namespace

task::task<std::int32_t> exec::run(nail_context& run) {
  std::vector<base::bytes> words = leading_;
  words.insert(words.end(), run.arguments().begin(), run.arguments().end());
  if (words.empty()) {
    co_await run.write_stderr("naild: exec needs a program\n");
    co_return exit_not_found;
  }
  port::process_request wanted{.program = words.front(),
                               .arguments = {words.begin() + 1, words.end()},
                               .environment = {run.values().environment.begin(), run.values().environment.end()},
                               .working_dir = base::bytes(run.values().working_dir)};
  auto started = spawner_.spawn(wanted, run.session());
  if (!started) {
    const base::bytes reason = fmt::format("naild: exec {}: {}\n", wanted.program, port::describe(started.error()));
    co_await run.write_stderr(reason);
    co_return started.error() == port::spawn_error::not_found ? exit_not_found : exit_cannot_spawn;
  }
  run.wait_for_output_beyond_cancel();
  child spawned(run, std::move(*started), task::label_of(run.session(), task::step_kind::wake, task::session_part::state));
  spawned.tasks.start(copy_output(spawned, spawned.out));
  spawned.tasks.start(copy_output(spawned, spawned.err));
  spawned.tasks.start(copy_input(spawned));
  spawned.tasks.start(enforce_cancel(spawned, bounds_));
  const auto code = co_await spawned.process->exited();
  co_await drain_output(spawned, bounds_);
  spawned.drained = true;
  spawned.changed.set();
  spawned.grace->cancel();
  spawned.process->reap();
  run.stop_reading_stdin();
  spawned.process->standard_in().close();
  co_await spawned.tasks.join();
  co_return code.value_or(exit_cannot_spawn);
}

}  // namespace naild::nail
