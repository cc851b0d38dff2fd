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
  ready_.resize(256);
}

scheduler::~scheduler() { end(); }

void scheduler::begin(explore::strategy& decides, std::uint64_t seed, std::uint64_t hostile_decisions) {
  end();
  decides.begin(seed);
  strategy_ = &decides.deciding();
  hostile_left_ = hostile_decisions;
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
  if (ready_.size() < strand_count_ + 2) ready_.resize(2 * ready_.size());
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
  explore::runnable& entered = ready_[ready_count_++];
  entered = {.label = where.head_->label, .strand = where.id_, .priority = 0};
  strategy_->enabled(entered);
}

void scheduler::offer_clock() {
  clock_offered_ = true;
  explore::runnable& entered = ready_[ready_count_++];
  entered = {.label = clock_label, .strand = explore::clock_strand, .priority = 0};
  strategy_->enabled(entered);
}

void scheduler::withdraw_clock() noexcept {
  clock_offered_ = false;
  const auto place = std::ranges::find(ready(), explore::clock_strand, &explore::runnable::strand);
  take_ready(static_cast<std::size_t>(place - ready().begin()));
}

run_result scheduler::run(std::uint64_t steps_max, port::time_ns time_max) {
  assert(!ending_ && "begin() first");
  run_result result;
  for (;; ++result.steps) {
    const port::time_ns earliest = timers_.earliest();
    const bool due = earliest <= std::min(now_ + slack_, time_max) && earliest != timer_queue::never;
    if (due != clock_offered_) due ? offer_clock() : withdraw_clock();
    if (ready_count_ == 0) {
      if (earliest == timer_queue::never) break;
      if (earliest > time_max) {
        now_ = std::max(now_, time_max);
        result.why = stop_reason::time_limit;
        break;
      }
      if (at_rest_ && at_rest_()) {
        result.why = stop_reason::at_rest;
        break;
      }
      offer_clock();
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

inline std::size_t scheduler::next_index() {
  if (ready_count_ == 1 || hostile_left_ == 0) return 0;
  --hostile_left_;
  return strategy_->next(ready());
}

inline explore::runnable scheduler::take_ready(std::size_t index) noexcept {
  const explore::runnable taken = ready_[index];
  explore::runnable* const place = ready_.data() + index;
  std::copy(place + 1, ready_.data() + ready_count_, place);
  --ready_count_;
  return taken;
}

void scheduler::run_step() {
  const std::size_t index = next_index();
  assert(index < ready_count_);
  const auto ready_before = static_cast<std::uint16_t>(ready_count_);
  const explore::runnable chosen = take_ready(index);
  trace_.steps.push_back({.strand = chosen.strand,
                          .chosen = static_cast<std::uint16_t>(index),
                          .ready = ready_before,
                          .kind = chosen.label.kind,
                          .part = explore::part_of(chosen.label.resource)});
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
  strategy_->executed(chosen, std::span(touched_).first(touched_count_), ready());
  if (where != nullptr && where->head_ != nullptr) enable(*where);
}

std::uint32_t scheduler::choose(std::uint32_t bound) {
  if (bound <= 1 || ending_) return 0;
  assert(bound <= 255);
  const std::uint32_t value = hostile_left_ == 0 ? 0 : strategy_->choose(bound);
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
  ready_count_ = 0;
  timers_.clear();
  clock_offered_ = false;
  at_rest_ = nullptr;
  // A post is now dropped where it happens, so nothing is queued behind our back. The newest strands go first: theirs
  // may borrow from older ones.
  for (std::size_t i = strand_count_; i-- > 0;) drop_queued(*strands_[i]);
  for (std::size_t i = strand_count_; i-- > 0;) strands_[i]->roots().destroy_all();
}

}  // namespace nailbiter::sim
