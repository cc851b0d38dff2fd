#include "reference/nail/blocking_context.hpp"

#include <utility>

#include "reference/nail/blocking_state.hpp"

namespace naild::nail {

base::byte_view blocking_context::command() const noexcept { return shared_->command; }
std::span<const base::bytes> blocking_context::arguments() const noexcept { return shared_->arguments; }
std::span<const base::bytes> blocking_context::environment() const noexcept { return shared_->environment; }
base::byte_view blocking_context::working_dir() const noexcept { return shared_->working_dir; }
std::uint32_t blocking_context::session() const noexcept { return shared_->session; }
const port::world& blocking_context::world() const noexcept { return shared_->world; }
task::thread_sync::place blocking_context::place(task::session_part guarded) const noexcept {
  return {shared_->threads.control(), task::resource_of(shared_->session, guarded)};
}
std::stop_token blocking_context::stop() const noexcept { return shared_->stop.get_token(); }

std::optional<base::byte_view> blocking_context::environment(base::byte_view name) const noexcept {
  return value_of(name, shared_->environment);
}

stdio::delivery blocking_context::write(stdio::stream which, base::byte_view text) {
  return shared_->bound->output().write(which, text);
}

bool blocking_context::output_would_wait(std::size_t bytes) const { return shared_->bound->output().would_wait(bytes); }

base::bytes blocking_context::read_stdin(std::size_t bytes_max) { return shared_->bound->input().read(bytes_max); }

void blocking_context::log(port::severity level, base::byte_view text) { shared_->bound->log(level, text); }

stdio::run_log& blocking_context::own_log() noexcept { return shared_->bound->own_log(); }

port::run_log_files* blocking_context::log_files() noexcept { return shared_->log_files; }

std::unique_ptr<stdio::exclusive_console> blocking_context::take_console(stdio::renderer& drawn) {
  return stdio::exclusive_console::take(shared_->bound, drawn);
}

bool blocking_context::start_thread(std::function<void()> work) { return shared_->start(std::move(work), true); }

bool blocking_context::start_background(std::function<void()> work) { return shared_->start(std::move(work), false); }

}  // namespace naild::nail
