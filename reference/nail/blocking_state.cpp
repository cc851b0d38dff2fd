#include "reference/nail/blocking_state.hpp"

#include <exception>
#include <utility>

#include "reference/stdio/binding.hpp"

namespace naild::nail {
namespace {

void tell_fault(const stdio::destination_ref& bound, base::byte_view who, base::byte_view what) noexcept {
  base::bytes line = "naild: ";
  line.append(who).append(" failed: ").append(what).append("\n");
  (void)bound->output().write(stdio::stream::standard_error, line);
}

task::thread_sync::place place_in(port::thread_pool& pool, std::uint32_t session) {
  return {pool.control(), task::resource_of(session, task::session_part::state)};
}

/// Calls `work`; what it throws is told to the run. Was it quiet?
template <class Work>
bool guarded(const stdio::destination_ref& bound, base::byte_view who, Work&& work) {
  try {
    work();
    return true;
  } catch (const std::exception& fault) {
    tell_fault(bound, who, fault.what());
  } catch (...) {
    tell_fault(bound, who, "no std::exception");
  }
  return false;
}

}  // namespace

blocking_state::blocking_state(nail_context& run, port::thread_pool& pool)
    : command(run.values().command),
      arguments(run.arguments().begin(), run.arguments().end()),
      environment(run.values().environment.begin(), run.values().environment.end()),
      working_dir(run.values().working_dir),
      session(run.session()),
      world(run.world()),
      threads(pool),
      log_files(run.log_files()),
      where(run.strand()),
      bound(std::make_shared<stdio::destination>(run.session(), run.log(), *this, *this, run.own_log(), pool.control())),
      mutex_(place_in(pool, run.session())),
      helpers_ended_(place_in(pool, run.session())) {}

template <class Function>
void blocking_state::post(Function what) {
  const auto label = task::label_of(session, task::step_kind::post, task::session_part::output_queue);
  task::post(where, label, [self = shared_from_this(), what] { what(*self); });
}

void blocking_state::output_waits() noexcept {
  post([](blocking_state& self) {
    if (self.rings.output != nullptr) self.rings.output->set();
  });
}

void blocking_state::input_wanted() noexcept {
  post([](blocking_state& self) {
    if (self.rings.input != nullptr) self.rings.input->set();
  });
}

void blocking_state::finish(std::int32_t code) {
  const std::lock_guard lock(mutex_);
  if (left_) return;
  post([code](blocking_state& self) {
    self.exit_code = code;
    if (self.rings.ended != nullptr) self.rings.ended->set();
  });
}

void blocking_state::leave() {
  bound->detach();
  const std::lock_guard lock(mutex_);
  left_ = true;
}

bool blocking_state::start(std::function<void()> work, bool awaited) {
  if (awaited) {
    const std::lock_guard lock(mutex_);
    ++helpers_;
  }
  const auto end = [self = shared_from_this(), awaited] {
    if (!awaited) return;
    const std::lock_guard lock(self->mutex_);
    if (--self->helpers_ == 0) self->helpers_ended_.notify_all();
  };
  auto job = stdio::inherit([self = shared_from_this(), work = std::move(work), end]() mutable {
    (void)guarded(self->bound, "a helper thread", work);
    work = nullptr;
    end();
  });
  const bool started = threads.start(session, std::move(job), port::when_busy::refuse);
  if (!started) end();
  return started;
}

void blocking_state::join_helpers() {
  std::unique_lock lock(mutex_);
  while (helpers_ > 0) helpers_ended_.wait(lock);
}

std::int32_t perform(const std::shared_ptr<blocking_state>& shared, std::shared_ptr<blocking_nail> work) {
  const stdio::binding_scope scope(shared->bound);
  std::int32_t code = blocking_fault_exit_code;
  (void)guarded(shared->bound, "the command", [&] {
    std::shared_ptr<blocking_nail> mine = std::move(work);  // destroyed while its words still reach the client
    code = mine->run(blocking_context(shared));
  });
  shared->join_helpers();
  return code;
}

}  // namespace naild::nail
