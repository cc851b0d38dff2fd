#pragma once

// Tries a recorded schedule on changed code: a step is known again by whose it is, its kind and how often that has come
// (its anchor), and not by its number. Says how much of the record matched; only what was followed to the letter is a
// replay (replay.hpp), and anything else is another execution.

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/explore/schedule.hpp"

namespace nailbiter::explore {

/// Whose steps of one kind.
struct step_family {
  std::uint32_t session = 0;  // of the strand
  std::string strand;
  std::uint32_t nth_strand = 0;  // of those with this session and name, in the order of their making
  naild::task::step_kind kind{};
  std::uint8_t part = 0;

  friend auto operator<=>(const step_family&, const step_family&) = default;
};

/// The nth step of its family, from 0.
struct anchor {
  step_family of;
  std::uint32_t nth = 0;

  friend auto operator<=>(const anchor&, const anchor&) = default;
};

struct schedule_match {
  std::size_t matched = 0;   // steps that ran, and in the order of the record
  std::size_t recorded = 0;
  std::size_t ran = 0;
  bool exact = false;        // every step, runnable set, choice and time as recorded

  /// Rounded down; 100 only where exact.
  unsigned percent() const noexcept;

  friend bool operator==(const schedule_match&, const schedule_match&) = default;
};

std::string to_string(const schedule_match& what);

/// Takes, of the runnable steps, what the record wants next; steps that it does not know run as far as they hold up that.
class anchored final : public strategy {
 public:
  /// Borrows both. `running`: the trace of the execution that this decides, while it grows.
  anchored(const schedule& record, const trace& running);

  void begin(std::uint64_t seed) override;
  std::size_t next(std::span<runnable> ready) override;
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override;

  /// After the execution.
  schedule_match match() const;

 private:
  static constexpr std::size_t unknown = ~std::size_t{0};

  step_family family_of(const runnable& what);
  std::size_t place_of(const runnable& what);

  const schedule& record_;
  const trace& running_;
  std::map<anchor, std::size_t> places_;  // in the record
  std::vector<step_family> strands_;      // of the execution, by strand id: no kind, no part
  std::map<step_family, std::uint32_t> counts_;
  std::size_t expected_ = 0;              // place of the first step that is neither done nor passed over
  std::size_t matched_ = 0;
  std::size_t choice_ = 0;
};

}  // namespace nailbiter::explore
