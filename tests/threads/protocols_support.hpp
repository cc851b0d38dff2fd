#pragma once

// What threads of a run do with its output, its console and its binding, played on controlled fibers: one execution says
// what is wrong with it. Parametrised by the code under test, so that copies with a planted bug play the same.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/fibers.hpp"
#include "reference/stdio/binding.hpp"
#include "reference/stdio/shared_output.hpp"

namespace threads {

using naild::base::byte_view;
using nailbiter::explore::fiber_slot;
using nailbiter::explore::fiber_sync;
using nailbiter::explore::fiber_world;
using nailbiter::explore::strategy;
using stream = naild::stdio::stream;

constexpr auto out = stream::standard_output;

/// One execution: empty when all is well, else what is wrong.
using protocol = std::string (*)(fiber_world&, strategy&, std::uint64_t);

/// Something that fibers wait for.
class signal {
 public:
  void set() {
    const std::lock_guard lock(mutex_);
    set_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    while (!set_) changed_.wait(lock);
    set_ = false;
  }

 private:
  fiber_sync::mutex mutex_;
  fiber_sync::condition changed_;
  bool set_ = false;
};

/// One run's output, its session as a fiber that takes when it is rung, and what came where.
template <class Code>
struct run_of : Code::output_watcher, Code::late_sink {
  virtual ~run_of() = default;
  void output_waits() noexcept override { rung->set(); }
  void late_output(stream, byte_view text) noexcept override { late += text; }

  bool take() {
    std::vector<typename Code::piece> batch;
    const bool any = output.take(batch);
    for (const auto& each : batch) console += each.text;
    return any;
  }

  /// The session: delivers until the run is over, then detaches and takes what was written before.
  void serve() {
    while (!over) {
      if (!take() && !over) rung->wait();
    }
    output.detach();
    take();
  }
  void end() {
    over = true;
    rung->set();
  }

  std::unique_ptr<signal> rung = std::make_unique<signal>();
  std::string console;
  std::string late;
  bool over = false;
  typename Code::template output<fiber_sync> output{*this, *this, {.queued_bytes_max = 3, .late_bytes_max = 100}};
};

/// The bytes of one writer, in the order in which they came.
inline std::string of_writer(const std::string& all, const std::string& alphabet) {
  std::string mine;
  for (const char each : all) mine += alphabet.find(each) == std::string::npos ? std::string() : std::string(1, each);
  return mine;
}

inline std::string ending_text(fiber_world::ending how) {
  if (how == fiber_world::ending::deadlock) return "deadlock";
  return how == fiber_world::ending::step_limit ? "no end" : "";
}

template <class Run>
void write_each(Run& run, const std::string& text) {
  for (const char each : text) run.output.write(out, {&each, 1});
}

/// The run ends while two helpers still write: before the end to the client, after it to the sink, nothing twice.
template <class Code>
std::string detach(fiber_world& world, strategy& decides, std::uint64_t seed) {
  run_of<Code> run;
  world.begin(decides, seed);
  world.start([&] { run.serve(); });
  world.start([&] { write_each(run, "abcd"); });
  world.start([&] { write_each(run, "ABCD"); });
  world.start([&] {
    write_each(run, "12");
    run.end();
  });
  std::string wrong = ending_text(world.run());
  for (const std::string all : {"abcd", "ABCD", "12"}) {
    const std::string came = of_writer(run.console, all) + of_writer(run.late, all);
    if (wrong.empty() && came != all) wrong = "of " + all + " came " + came;
  }
  if (wrong.empty() && of_writer(run.console, "12") != "12") wrong = "lost before the end";
  return wrong;
}

/// The next run takes the session's place: what a late thread of the first one writes is not the second client's.
template <class Code>
std::string reused_slot(fiber_world& world, strategy& decides, std::uint64_t seed) {
  struct slot_run final : run_of<Code> {
    void output_waits() noexcept override {
      *ringing = this;
      this->rung->set();
    }
    slot_run** ringing = nullptr;
  };
  slot_run* ringing = nullptr;
  slot_run first, second;
  first.ringing = second.ringing = &ringing;
  std::string second_client;
  world.begin(decides, seed);
  world.start([&] { write_each(first, "abcdef"); });  // a helper that nobody waits for
  world.start([&] {
    first.take();
    first.output.detach();
    first.take();
    ringing = &second;
    for (int turn = 0; turn < 6; ++turn) {
      std::vector<typename Code::piece> batch;
      if (ringing->output.take(batch)) {
        for (const auto& each : batch) second_client += each.text;
      }
    }
  });
  world.start([&] { write_each(second, "12"); });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  return of_writer(second_client, "abcdef").empty() ? "" : "the second client got " + second_client;
}

/// A thread takes the console and lets go while others write: all of it comes, and nobody draws with a dead renderer.
template <class Code>
std::string exclusive(fiber_world& world, strategy& decides, std::uint64_t seed) {
  struct drawing final : Code::renderer {
    void render(stream which, byte_view text) override {
      to->output.write_as_owner(which, text);
      dead_use |= dead;
    }
    run_of<Code>* to = nullptr;
    bool dead = false;
    bool dead_use = false;
  };
  run_of<Code> run;
  drawing drawn;
  drawn.to = &run;
  int writing = 3;
  const auto done = [&] {
    if (--writing == 0) run.end();
  };
  world.begin(decides, seed);
  world.start([&] { run.serve(); });
  world.start([&] {
    if (run.output.take_console(drawn)) {
      run.output.write_as_owner(out, "1");
      run.output.release_console();
      drawn.dead = true;
    }
    write_each(run, "2");
    done();
  });
  for (const std::string text : {"abc", "ABC"}) {
    world.start([&, text] {
      write_each(run, text);
      done();
    });
  }
  std::string wrong = ending_text(world.run());
  if (wrong.empty() && drawn.dead_use) wrong = "drawn by a renderer that was gone";
  for (const std::string all : {"abc", "ABC", "12"}) {
    if (wrong.empty() && of_writer(run.console, all) != all) wrong = "of " + all + " came " + of_writer(run.console, all);
  }
  return wrong;
}

/// Threads are bound and bound again, and start helpers: each sees its own run, and the one before when a scope ends.
template <class Code>
std::string binding(fiber_world& world, strategy& decides, std::uint64_t seed) {
  std::string wrong;
  fiber_sync::mutex shared;
  const auto others_go = [&] { const std::lock_guard lock(shared); };
  const auto expect = [&](int session, const char* where) {
    others_go();
    if (fiber_slot::here() != session) wrong = std::string(where) + ": bound to " + std::to_string(fiber_slot::here());
  };
  world.begin(decides, seed);
  for (const int session : {1, 2}) {
    world.start([&, session] {
      {
        const typename Code::template scope<fiber_slot> outer(session);
        expect(session, "a thread");
        world.start([&, work = Code::template inherit<fiber_slot>([&, session] { expect(session, "a helper"); })]() mutable { work(); });
        {
          const typename Code::template scope<fiber_slot> inner(session + 10);
          expect(session + 10, "the inner scope");
        }
        expect(session, "after the inner scope");
      }
      expect(0, "after its run");
    });
  }
  const std::string ended = ending_text(world.run());
  return ended.empty() ? wrong : ended;
}

/// Executions until `play` fails, at most `limit`; limit + 1: it never did.
inline std::uint64_t schedules_until_wrong(protocol play, strategy& decides, std::uint64_t seed, std::uint64_t limit) {
  fiber_world world;
  for (std::uint64_t count = 1; count <= limit; ++count) {
    if (!play(world, decides, seed * 1'000'003u + count).empty()) return count;
  }
  return limit + 1;
}

}  // namespace threads
