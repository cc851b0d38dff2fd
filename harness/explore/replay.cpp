#include "harness/explore/replay.hpp"

#include <utility>

#include <fmt/core.h>

namespace nailbiter::explore {
namespace {

trace_step as_step(const runnable& what, std::size_t chosen, std::size_t ready) {
  return {.strand = what.strand,
          .chosen = static_cast<std::uint16_t>(chosen),
          .ready = static_cast<std::uint16_t>(ready),
          .kind = what.label.kind,
          .part = part_of(what.label.resource)};
}

}  // namespace

std::string to_string(const divergence& what) {
  return fmt::format("replay diverged at step {} of {}: recorded {}, found {}", what.step, what.step_count,
                     what.recorded, what.found);
}

void replay::begin(std::uint64_t) {
  step_ = choice_ = 0;
  asked_ = false;
  diverged_.reset();
}

std::optional<divergence> replay::divergence_at_end() const {
  if (diverged_) return diverged_;
  if (step_ == record_.steps.size() && choice_ == record_.choices.size()) return std::nullopt;
  return divergence{step_, record_.steps.size(), recorded_step(), "the end"};
}

void replay::diverge(std::string recorded, std::string found) {
  diverged_ = divergence{step_, record_.steps.size(), std::move(recorded), std::move(found)};
}

std::string replay::recorded_step() const {
  return step_ < record_.steps.size() ? render_step(record_.steps[step_], record_.strands) : "the end";
}

std::size_t replay::next(std::span<runnable> ready) {
  if (diverged_) return 0;
  asked_ = true;
  if (step_ >= record_.steps.size()) {
    diverge(recorded_step(), render_step(as_step(ready[0], 0, ready.size()), record_.strands));
    return 0;
  }
  const trace_step& wanted = record_.steps[step_];
  const std::size_t index = wanted.chosen < ready.size() ? wanted.chosen : 0;
  if (as_step(ready[index], index, ready.size()) == wanted) return index;
  diverge(recorded_step(), render_step(as_step(ready[index], index, ready.size()), record_.strands));
  return 0;
}

void replay::executed(const runnable& done, std::span<const naild::task::resource_id>, std::span<runnable>) {
  if (diverged_) return;
  if (!std::exchange(asked_, false)) {
    // The only runnable step: nobody was asked, but it must be the recorded one.
    const trace_step alone = as_step(done, 0, 1);
    if (step_ >= record_.steps.size() || record_.steps[step_] != alone) {
      return diverge(recorded_step(), render_step(alone, record_.strands));
    }
  }
  ++step_;
}

std::uint32_t replay::choose(std::uint32_t bound) {
  if (diverged_) return 0;
  if (choice_ < record_.choices.size() && record_.choices[choice_].bound == bound)
    return record_.choices[choice_++].value;
  diverge(choice_ < record_.choices.size()
              ? fmt::format("data choice {} below {}", choice_, record_.choices[choice_].bound)
              : std::string("no further data choice"),
          fmt::format("data choice {} below {}", choice_, bound));
  return 0;
}

}  // namespace nailbiter::explore
