#pragma once

// Steps that conflict: of different strands, on the same resource. Which pairs were seen in both orders is what a campaign
// has explored.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "harness/explore/trace.hpp"

namespace nailbiter::explore {

/// One use of a resource. Equal in two executions if it is the same strand's n-th such use.
struct resource_use {
  std::uint32_t session = 0;  // of the strand
  std::string strand;
  naild::task::step_kind kind{};
  naild::task::resource_id resource = 0;
  std::uint32_t nth = 0;

  friend auto operator<=>(const resource_use&, const resource_use&) = default;
};

/// Records what each step touched; decides by another strategy, which it borrows.
class step_log final : public strategy {
 public:
  struct entry {
    std::uint32_t step = 0;  // of the execution, from 0
    strand_id strand = 0;
    naild::task::step_kind kind{};
    naild::task::resource_id resource = 0;
  };

  explicit step_log(strategy& decides) noexcept : decides_(decides) {}

  void begin(std::uint64_t seed) override {
    steps_ = 0;
    entries_.clear();
    events_after_.clear();
    decides_.begin(seed);
  }
  void enabled(runnable& entered) override { decides_.enabled(entered); }
  std::size_t next(std::span<runnable> ready) override { return decides_.next(ready); }
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override { return decides_.choose(bound); }

  /// Asked after each step: how many events its history has by then.
  void count_events(std::function<std::size_t()> ask) { ask_ = std::move(ask); }
  /// The answers, by step; empty if nobody is asked.
  const std::vector<std::uint32_t>& events_after() const noexcept { return events_after_; }

  /// Of the last execution, in order; private steps and the clock are left out.
  const std::vector<entry>& entries() const noexcept { return entries_; }
  /// With names, one for each entry; `strands` as the execution's trace has them.
  std::vector<resource_use> uses(const std::vector<strand_tag>& strands) const;

 private:
  strategy& decides_;
  std::vector<entry> entries_;
  std::uint32_t steps_ = 0;
  std::function<std::size_t()> ask_;
  std::vector<std::uint32_t> events_after_;
};

/// "output_queue of session 1", "the session table".
std::string name_of(naild::task::resource_id resource);

/// Which kinds of conflicting neighbours a campaign has seen in which order. By labels: sessions do not count.
class conflict_coverage {
 public:
  void add(const std::vector<step_log::entry>& entries, const std::vector<strand_tag>& strands);

  struct figures {
    std::size_t pairs = 0;        // seen in any order
    std::size_t both_orders = 0;
  };
  figures count() const;

  /// One line a pair that was seen in one order only, as "session write output_queue > relay post output_queue".
  std::vector<std::string> one_order_only() const;

 private:
  using side = std::tuple<std::string_view, naild::task::step_kind>;  // names of strands are static
  using pair = std::tuple<std::uint8_t, side, side>;  // part; the sides in the order in which they ran
  std::set<pair> seen_;
};

}  // namespace nailbiter::explore
