#include "harness/explore/step_origins.hpp"

namespace nailbiter::explore {

void step_origins::begin(std::uint64_t seed) {
  origins_.clear();
  enabled_by_.clear();
  steps_ = 0;
  has_begun_ = was_asked_ = is_unsure_ = false;
  decides_.begin(seed);
}

void step_origins::enabled(runnable& entered) {
  is_unsure_ = steps_ > 0 && !was_asked_ && entered.strand == last_;
  enabled_by_[entered.strand] = !has_begun_ ? nobody : is_unsure_ ? steps_ - 1 : steps_;
  decides_.enabled(entered);
}

std::size_t step_origins::next(std::span<runnable> ready) {
  has_begun_ = was_asked_ = true;
  is_unsure_ = false;
  return decides_.next(ready);
}

void step_origins::executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) {
  // A strand that went on by itself would have left two to choose from, and somebody would have been asked.
  if (is_unsure_ && done.strand != last_) enabled_by_[last_] = steps_;
  const auto found = enabled_by_.find(done.strand);
  origins_.push_back(done.strand == clock_strand || found == enabled_by_.end() ? nobody : found->second);
  last_ = done.strand;
  has_begun_ = true;
  was_asked_ = is_unsure_ = false;
  ++steps_;
  decides_.executed(done, touched, ready);
}

}  // namespace nailbiter::explore
