#include "harness/explore/strategies.hpp"

#include "harness/explore/depth_first.hpp"

#include <algorithm>

namespace nailbiter::explore {
namespace {

// Fresh priorities lie above all lowered ones.
constexpr std::uint64_t fresh_floor = std::uint64_t{1} << 32;

std::size_t highest(std::span<const runnable> ready) noexcept {
  std::size_t best = 0;
  std::uint64_t top = ready[0].priority;
  for (std::size_t i = 1; i < ready.size(); ++i) {
    if (ready[i].priority <= top) continue;
    top = ready[i].priority;
    best = i;
  }
  return best;
}

}  // namespace

void pct::begin(std::uint64_t seed) {
  rng_ = rng(seed);
  decisions_ = 0;
  lowest_ = fresh_floor - 1;
  priorities_.clear();
  change_points_.clear();
  for (std::uint32_t i = 1; i < depth_; ++i) change_points_.push_back(rng_.below(std::max(estimate_, 1u)));
}

void pct::enabled(runnable& entered) {
  if (entered.strand >= priorities_.size()) priorities_.resize(entered.strand + 1u, 0);
  std::uint64_t& priority = priorities_[entered.strand];
  if (priority == 0) priority = fresh_floor + (rng_.next() >> 16);
  entered.priority = priority;
}

std::size_t pct::next(std::span<runnable> ready) {
  std::size_t best = highest(ready);
  for (const std::uint32_t point : change_points_) {
    if (point != decisions_) continue;
    ready[best].priority = priorities_[ready[best].strand] = lowest_--;
    best = highest(ready);
  }
  ++decisions_;
  return best;
}

std::size_t pos::next(std::span<runnable> ready) { return highest(ready); }

void pos::executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) {
  // This runs once a step over all that are ready, and most steps touch one resource, many of them a private one.
  const auto redraw = [&](auto conflicts) {
    for (runnable& waiting : ready) {
      const naild::task::resource_id wanted = waiting.label.resource;
      if (conflicts(wanted) && wanted != 0 && waiting.strand != done.strand) waiting.priority = rng_.next();
    }
  };
  if (touched.size() > 1) {
    redraw([&](naild::task::resource_id wanted) { return std::ranges::find(touched, wanted) != touched.end(); });
  } else if (const naild::task::resource_id only = touched.empty() ? 0 : touched.front(); only != 0) {
    redraw([only](naild::task::resource_id wanted) { return wanted == only; });
  }
}

void portfolio::begin(std::uint64_t seed) {
  current_ = members_[seed % members_.size()];
  current_->begin(seed);
}

std::unique_ptr<strategy> make_strategy(std::string_view name, strategy_options options) {
  if (name == "portfolio") return std::make_unique<portfolio>(options);
  if (name == "pos") return std::make_unique<pos>();
  if (name == "pct") return std::make_unique<pct>(pct_depth, options.decisions_estimate);
  if (name == "random") return std::make_unique<random_walk>();
  if (name == "dfs") return std::make_unique<depth_first>(options.departures_max);
  if (name == "fifo") return std::make_unique<fifo>();
  return nullptr;
}

}  // namespace nailbiter::explore
