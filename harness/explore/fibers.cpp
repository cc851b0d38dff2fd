#include "harness/explore/fibers.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace nailbiter::explore {
namespace {

constexpr std::size_t stack_bytes = 64u << 10;
constexpr naild::task::resource_id hop = 0;  // private to the step

// A mutex of the code under test knows no world: it asks for the one that runs.
fiber_world*& running_world() noexcept {
  static fiber_world* world = nullptr;
  return world;
}

}  // namespace

fiber_world::fiber_world() = default;
fiber_world::~fiber_world() = default;

fiber_world& fiber_world::running() noexcept {
  assert(running_world() != nullptr && "the code under test locks outside of run()");
  return *running_world();
}

void fiber_world::begin(strategy& decides, std::uint64_t seed) {
  strategy_ = &decides;
  strategy_->begin(seed);
  fibers_.clear();
  bindings_.assign(1, 0);
  touches_.assign(1, hop);
  ready_.clear();
  trace_.steps.clear();
  trace_.choices.clear();
  trace_.strands.assign(1, {.session = 0, .name = "none"});
  current_ = finished_ = 0;
  next_resource_ = 1;
  ending_ = false;
}

void fiber_world::start(std::function<void()> body) {
  fibers_.push_back(std::make_unique<explore::fiber>(stack_bytes));
  bindings_.push_back(0);
  touches_.push_back(hop);
  const auto number = static_cast<std::uint32_t>(fibers_.size());
  assert(number < 256);
  trace_.strands.push_back({.session = number, .name = "fiber"});
  fibers_.back()->start(std::move(body));
  enable(number, hop);
}

void fiber_world::enable(std::uint32_t fiber, naild::task::resource_id what) {
  touches_[fiber] = what;
  runnable& entered = ready_.emplace_back();
  entered.label = {.session = fiber, .kind = naild::task::step_kind::post, .resource = what};
  entered.strand = static_cast<strand_id>(fiber);
  strategy_->enabled(entered);
}

fiber_world::ending fiber_world::run(std::uint64_t steps_max) {
  running_world() = this;
  std::uint64_t steps = 0;
  while (!ready_.empty() && steps++ < steps_max) step();
  const ending how = finished_ == fibers_.size() ? ending::finished : ready_.empty() ? ending::deadlock : ending::step_limit;
  ending_ = true;  // what is unwound now neither waits nor lets others go first
  for (auto& each : fibers_) each.reset();
  ready_.clear();
  running_world() = nullptr;
  return how;
}

void fiber_world::step() {
  const std::size_t index = ready_.size() > 1 ? strategy_->next(ready_) : 0;
  const runnable chosen = ready_[index];
  trace_.steps.push_back({.strand = chosen.strand,
                          .chosen = static_cast<std::uint16_t>(index),
                          .ready = static_cast<std::uint16_t>(ready_.size()),
                          .kind = chosen.label.kind,
                          .part = part_of(chosen.label.resource)});
  ready_.erase(ready_.begin() + static_cast<std::ptrdiff_t>(index));
  current_ = chosen.strand;
  explore::fiber& next = *fibers_[current_ - 1];
  next.resume();
  finished_ += next.done() ? 1 : 0;
  current_ = 0;
  const naild::task::resource_id touched[] = {chosen.label.resource};
  strategy_->executed(chosen, touched, ready_);
}

void fiber_world::leave_to_scheduler() { fibers_[current_ - 1]->suspend(); }

void fiber_world::point(naild::task::resource_id what) {
  if (ending_) return;
  enable(current_, what);
  leave_to_scheduler();
}

void fiber_world::block() {
  if (!ending_) leave_to_scheduler();
}

void fiber_world::wake(std::uint32_t fiber) {
  if (!ending_) enable(fiber, touches_[fiber]);
}

std::uint32_t fiber_world::choose(std::uint32_t bound) {
  if (bound <= 1 || ending_) return 0;
  const std::uint32_t value = strategy_->choose(bound);
  trace_.choices.push_back({.value = static_cast<std::uint8_t>(value), .bound = static_cast<std::uint8_t>(bound)});
  return value;
}

void fiber_sync::mutex::lock() {
  fiber_world& world = fiber_world::running();
  if (world.is_ending()) return;
  if (resource_ == 0) resource_ = world.new_resource();
  world.point(resource_);
  while (owner_ != 0) {
    assert(owner_ != world.fiber() && "locked twice by one fiber");
    waiting_.push_back(world.fiber());
    world.block();
  }
  owner_ = world.fiber();
}

void fiber_sync::mutex::unlock() {
  owner_ = 0;
  for (const std::uint32_t each : std::exchange(waiting_, {})) fiber_world::running().wake(each);
}

void fiber_sync::condition::wait(std::unique_lock<mutex>& lock) {
  fiber_world& world = fiber_world::running();
  waiting_.push_back(world.fiber());
  lock.unlock();
  world.block();
  lock.lock();
}

// Any of them: which one it is is promised by nobody, so code under test must not mind.
void fiber_sync::condition::notify_one() {
  if (waiting_.empty()) return;
  const auto one = waiting_.begin() + fiber_world::running().choose(static_cast<std::uint32_t>(waiting_.size()));
  fiber_world::running().wake(*one);
  waiting_.erase(one);
}

void fiber_sync::condition::notify_all() {
  for (const std::uint32_t each : std::exchange(waiting_, {})) fiber_world::running().wake(each);
}

}  // namespace nailbiter::explore
