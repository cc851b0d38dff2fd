#include "harness/sim/scheduler.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace nailbiter::sim {
namespace {

constexpr task::step_label clock_label{.session = 0, .kind = task::step_kind::clock, .resource = task::clock_resource};

}  // namespace

scheduler::scheduler(port::time_ns slack) : slack_(slack) {
  trace_.steps.reserve(4096);
  trace_.choices.reserve(4096);
  ready_.reserve(256);
}

scheduler::~scheduler() { end(); }

void scheduler::begin(explore::strategy& decides, std::uint64_t seed) {
  end();
  strategy_ = &decides;
  strategy_->begin(seed);
  strand_count_ = 0;
  now_ = 0;
  clock_offered_ = false;
  trace_.steps.clear();
  trace_.choices.clear();
  trace_.strands.clear();
  trace_.strands.push_back({.session = 0, .name = "clock"});
  trace_.end_ns = 0;
  ending_ = false;
}

task::strand& scheduler::make_strand(std::uint32_t session, std::string_view name) {
  assert(strand_count_ < std::numeric_limits<explore::strand_id>::max() && "one execution makes too many strands");
  if (strand_count_ == strands_.size()) {
    strands_.push_back(std::make_unique<strand>(*this, static_cast<explore::strand_id>(strand_count_ + 1)));
  }
  trace_.strands.push_back({.session = session, .name = name});
  return *strands_[strand_count_++];
}

void scheduler::push(strand& where, task::step& next) noexcept {
  if (ending_) return next.act(&next, task::disposition::drop);
  next.next = nullptr;
  if (where.tail_ != nullptr) {
    where.tail_->next = &next;
    where.tail_ = &next;
    return;
  }
  where.head_ = where.tail_ = &next;
  if (&where != current_) enable(where);
}

void scheduler::enable(strand& where) {
  explore::runnable& entered = ready_.emplace_back();
  entered.label = where.head_->label;
  entered.strand = where.id_;
  strategy_->enabled(entered);
}

void scheduler::offer_clock(bool offered) {
  clock_offered_ = offered;
  if (!offered) {
    std::erase_if(ready_, [](const explore::runnable& each) { return each.strand == explore::clock_strand; });
    return;
  }
  explore::runnable& entered = ready_.emplace_back();
  entered.label = clock_label;
  entered.strand = explore::clock_strand;
  strategy_->enabled(entered);
}

run_result scheduler::run(std::uint64_t steps_max, port::time_ns time_max) {
  assert(!ending_ && "begin() first");
  run_result result;
  for (;; ++result.steps) {
    const port::time_ns earliest = timers_.earliest();
    const bool due = earliest <= std::min(now_ + slack_, time_max) && earliest != timer_queue::never;
    if (due != clock_offered_) offer_clock(due);
    if (ready_.empty()) {
      if (earliest == timer_queue::never) break;
      if (earliest > time_max) {
        now_ = std::max(now_, time_max);
        result.why = stop_reason::time_limit;
        break;
      }
      offer_clock(true);
    }
    if (result.steps == steps_max) {
      result.why = stop_reason::step_limit;
      break;
    }
    run_step();
  }
  trace_.end_ns = now_;
  return result;
}

void scheduler::run_step() {
  const std::size_t index = ready_.size() > 1 ? strategy_->next(ready_) : 0;
  assert(index < ready_.size());
  const explore::runnable chosen = ready_[index];
  trace_.steps.push_back({.strand = chosen.strand,
                          .chosen = static_cast<std::uint16_t>(index),
                          .ready = static_cast<std::uint16_t>(ready_.size()),
                          .kind = chosen.label.kind,
                          .part = explore::part_of(chosen.label.resource)});
  ready_.erase(ready_.begin() + static_cast<std::ptrdiff_t>(index));
  touched_[0] = chosen.label.resource;
  touched_count_ = 1;
  strand* where = nullptr;
  if (chosen.strand == explore::clock_strand) {
    clock_offered_ = false;
    timer_entry& first = timers_.pop();
    now_ = std::max(now_, first.at);
    first.fire(&first);
  } else {
    where = current_ = strands_[chosen.strand - 1u].get();
    task::step* step = where->head_;
    where->head_ = step->next;
    if (where->head_ == nullptr) where->tail_ = nullptr;
    step->act(step, task::disposition::run);
    current_ = nullptr;
  }
  strategy_->executed(chosen, std::span(touched_).first(touched_count_), ready_);
  if (where != nullptr && where->head_ != nullptr) enable(*where);
}

std::uint32_t scheduler::choose(std::uint32_t bound) {
  if (bound <= 1 || ending_) return 0;
  assert(bound <= 255);
  const std::uint32_t value = strategy_->choose(bound);
  assert(value < bound);
  trace_.choices.push_back({.value = static_cast<std::uint8_t>(value), .bound = static_cast<std::uint8_t>(bound)});
  return value;
}

void scheduler::drop_queued(strand& where) noexcept {
  while (task::step* step = where.head_) {
    where.head_ = step->next;
    step->act(step, task::disposition::drop);
  }
  where.tail_ = nullptr;
}

void scheduler::end() noexcept {
  ending_ = true;
  current_ = nullptr;
  ready_.clear();
  timers_.clear();
  clock_offered_ = false;
  // A post is now dropped where it happens, so nothing is queued behind our back. The newest strands go first: theirs
  // may borrow from older ones.
  for (std::size_t i = strand_count_; i-- > 0;) drop_queued(*strands_[i]);
  for (std::size_t i = strand_count_; i-- > 0;) strands_[i]->roots().destroy_all();
}

}  // namespace nailbiter::sim
