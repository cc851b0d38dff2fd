#include "harness/sim/process.hpp"

#include <utility>

#include "harness/sim/process_family.hpp"

namespace nailbiter::sim {

child::child(family& of, const port::process_request& request, std::unique_ptr<program> work, std::uint32_t session, std::int32_t pid)
    : family_(of), request_(request), program_(std::move(work)), session_(session), pid_(pid),
      turn_(of.strand(), task::label_of(session, task::step_kind::wake, task::session_part::state)) {}

child::~child() = default;

task::strand& child::strand() noexcept { return family_.strand(); }

task::task<bool> child::write(int fd, std::string_view text) {
  const std::shared_ptr<output_end> end = out_[fd == 2 ? 1 : 0];
  if (end == nullptr) co_return false;
  while (end->busy && !io_stopped_) {
    end->waiting.push_back(&turn_);
    co_await turn_;
    std::erase(end->waiting, &turn_);
  }
  if (io_stopped_) co_return false;
  end->busy = true;
  bool taken = true;
  while (taken && !text.empty() && !io_stopped_) {
    const auto count = co_await end->pipe->write_some(text);
    taken = count.has_value();
    if (taken) text.remove_prefix(*count);
  }
  end->busy = false;
  if (!end->waiting.empty()) end->waiting.front()->set();
  co_return taken && !io_stopped_;
}

task::task<std::string> child::read(std::size_t bytes_max) {
  if (in_ == nullptr || io_stopped_) co_return std::string();
  std::string text(bytes_max, '\0');
  const auto got = co_await in_->read_some(std::span<char>(text));
  text.resize(got.value_or(0));
  co_return text;
}

void child::close_stdin() noexcept {
  if (in_ != nullptr) in_->close();
}

bool child::would_wait(int fd, std::size_t bytes) const noexcept {
  const auto& end = out_[fd == 2 ? 1 : 0];
  return end != nullptr && end->pipe->room() < bytes;
}

void child::stop_io() noexcept {
  if (std::exchange(io_stopped_, true)) return;
  close_stdin();
  for (const auto& end : out_) {
    const long own_uses = end != nullptr && end->busy ? 2 : 1;  // a write of its own holds it once more
    if (end != nullptr && end.use_count() <= own_uses) end->pipe->close();
  }
  turn_.set();
}

void child::die_by(int signal_number) {
  if (std::exchange(dying_, signal_number) != 0) return;
  stop_io();
  program_->interrupt_waits();
}

task::task<> child::spawn(std::vector<std::string> arguments) {
  relative_ended_ = false;
  child* relative = family_.start_relative(*this, std::move(arguments), this, in_group_);
  while (relative != nullptr && !relative_ended_ && !io_stopped_) co_await turn_;
  if (relative != nullptr && !relative_ended_) relative->waited_for_by_ = nullptr;
}

void child::spawn_orphan(std::vector<std::string> arguments) { family_.start_relative(*this, std::move(arguments), nullptr, false); }

}  // namespace nailbiter::sim
