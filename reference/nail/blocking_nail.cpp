#include "reference/nail/blocking_nail.hpp"

#include <utility>
#include <vector>

#include <fmt/core.h>

#include "reference/nail/blocking_state.hpp"
#include "reference/task/group.hpp"

namespace naild::nail {
namespace {

constexpr base::byte_view no_thread_text = "naild: full: every thread for blocking commands is busy; try again later\n";
constexpr base::byte_view given_up_text = "naild: the command ignores its cancel and has been given up\n";

/// A blocking run as its session sees it: all on the session's strand, in the frame of blocking_run::run.
struct bridge {
  bridge(nail_context& of, std::shared_ptr<blocking_state> with, task::step_label label)
      : run(of), shared(std::move(with)), output(of.strand(), label), input(of.strand(), label),
        ended(of.strand(), label), cancel(of.strand(), label), grace(of.world().time.make_timer(label)),
        tasks(of.strand(), label) {
    shared->rings = {&output, &input, &ended};
  }
  bridge(const bridge&) = delete;
  bridge& operator=(const bridge&) = delete;
  ~bridge() {
    shared->leave();  // also when the world has ended first
    shared->rings = {};
  }

  nail_context& run;
  std::shared_ptr<blocking_state> shared;
  task::event output;
  task::event input;
  task::event ended;
  task::event cancel;
  std::unique_ptr<port::timer> grace;
  bool stuck = false;
  bool over = false;
  task::group tasks;  // last: they borrow the rest
};

// Ends when the run is over and everything that it wrote before is on its way.
task::task<> pump_output(bridge& of) {
  stdio::shared_output& source = of.shared->bound->output();
  std::vector<stdio::output_piece> batch;
  for (;;) {
    batch.clear();
    if (!source.take(batch)) {
      if (of.over) co_return;
      co_await of.output;
      continue;
    }
    for (const stdio::output_piece& piece : batch) {
      const bool to_stdout = piece.which == stdio::stream::standard_output;
      task::task<stdio::delivery> writing = to_stdout ? of.run.write_stdout(piece.text) : of.run.write_stderr(piece.text);
      const stdio::delivery given = co_await std::move(writing);
      if (given == stdio::delivery::refused) source.cut(piece.which);
    }
  }
}

task::task<> serve_input(bridge& of) {
  stdio::shared_input& reader = of.shared->bound->input();
  while (!of.over) {
    const auto wanted = reader.take_request();
    if (!wanted) {
      co_await of.input;
      continue;
    }
    base::bytes text = co_await of.run.read_stdin(*wanted);
    if (text.empty()) {
      reader.end();
    } else {
      reader.give(std::move(text));
    }
  }
}

task::task<> enforce_cancel(bridge& of, std::uint64_t grace_ms) {
  const cancel_subscription subscription(of.run.token(), of.cancel);
  while (!of.run.cancelled() && !of.over) co_await of.cancel;
  if (of.over) co_return;
  of.shared->stop.request_stop();
  const auto deadline = of.run.world().time.now() + port::milliseconds(grace_ms);
  const auto waited = co_await of.grace->until(deadline);
  if (!waited || of.over) co_return;
  of.stuck = true;
  of.ended.set();
}

class blocking_run final : public nail {
 public:
  blocking_run(std::unique_ptr<blocking_nail> work, port::thread_pool& threads, blocking_terms terms)
      : work_(std::move(work)), threads_(threads), terms_(std::move(terms)) {}

  task::task<std::int32_t> run(nail_context& run) override {
    const auto shared = std::make_shared<blocking_state>(run, threads_);
    bridge made(run, shared, task::label_of(run.session(), task::step_kind::wake, task::session_part::output_queue));
    auto job = [shared, work = std::move(work_), begun = terms_.when_begun, ended = terms_.when_ended]() mutable {
      if (begun) begun(shared->session);
      const std::int32_t code = perform(shared, std::move(work));
      if (ended) ended(shared->session);
      shared->finish(code);
    };
    if (!threads_.start(run.session(), std::move(job), port::when_busy::wait)) {
      shared->leave();
      (void)co_await run.write_stderr(no_thread_text);
      co_return no_thread_exit_code;
    }
    made.tasks.start(pump_output(made));
    made.tasks.start(serve_input(made));
    made.tasks.start(enforce_cancel(made, terms_.grace_ms));
    while (!shared->exit_code && !made.stuck) co_await made.ended;
    shared->leave();
    made.over = true;
    made.output.set();
    made.input.set();
    made.cancel.set();
    made.grace->cancel();
    run.stop_reading_stdin();
    co_await made.tasks.join();
    if (shared->exit_code) co_return *shared->exit_code;
    (void)co_await run.write_stderr(given_up_text);
    give_up(run);
    co_return cancelled_exit_code;
  }

 private:
  void give_up(nail_context& run) {
    const port::given_up found = threads_.give_up(run.session());
    run.log().write(port::severity::error, run.session(),
                    fmt::format("the run ignores its cancel: {} of its threads are lost, {} never began{}", found.lost,
                                found.dequeued, found.exhausted ? "; too many are lost by now: draining" : ""));
    if (found.exhausted && terms_.when_exhausted) terms_.when_exhausted();
  }

  std::shared_ptr<blocking_nail> work_;
  port::thread_pool& threads_;
  blocking_terms terms_;
};

}  // namespace

std::unique_ptr<nail> make_nail(std::unique_ptr<blocking_nail> work, port::thread_pool& threads, blocking_terms terms) {
  return std::make_unique<blocking_run>(std::move(work), threads, std::move(terms));
}

}  // namespace naild::nail
