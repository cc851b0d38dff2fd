#include "reference/io/loop.hpp"

#include <thread>
#include <utility>
#include <vector>

#include "reference/io/readiness.hpp"
#include "reference/io/run_queue.hpp"
#include "reference/io/strand.hpp"
#include "reference/io/timer_queue.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace naild::io {

loop::loop()
    : context_(std::make_unique<boost::asio::io_context>()),
      ready_(std::make_unique<readiness>(*context_)),
      timers_(std::make_unique<timer_queue>(*context_)) {}

loop::~loop() = default;

void loop::run(unsigned threads) {
  const auto guard = boost::asio::make_work_guard(*context_);
  ready_->serve(threads);
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([this] { run_thread(); });
    run_thread();
  }
  context_->restart();
}

void loop::stop() noexcept { context_->stop(); }

// One handler serves all strands that arrive before a thread of the loop looks.
void loop::inject(strand& ready) noexcept {
  strand* seen = inbox_.load(std::memory_order_relaxed);
  do {
    ready.next_ready = seen;
  } while (!inbox_.compare_exchange_weak(seen, &ready, std::memory_order_acq_rel, std::memory_order_relaxed));
  if (seen == nullptr) boost::asio::post(*context_, [this] { empty_inbox(); });
}

std::uint64_t loop::peer_closed_events() const noexcept { return ready_->peers_gone(); }

void loop::run_thread() noexcept {
  run_queue& queue = run_queue_of_this_thread();
  queue.belongs_to_loop = true;
  context_->run();
  queue.belongs_to_loop = false;
  while (strand* left = queue.pop()) inject(*left);
}

void loop::empty_inbox() noexcept {
  handler_scope scope;
  strand* newest = inbox_.exchange(nullptr, std::memory_order_acquire);
  strand* oldest = nullptr;
  while (newest != nullptr) {
    strand* one = std::exchange(newest, newest->next_ready);
    one->next_ready = oldest;
    oldest = one;
  }
  run_queue& queue = run_queue_of_this_thread();
  while (oldest != nullptr) queue.push(*std::exchange(oldest, oldest->next_ready));
}

}  // namespace naild::io
