#pragma once

// What a law is held against: something that plays a plan. The simulated core under a seed's schedule, or a live naild,
// which takes no notice of the seed.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/strategy.hpp"
#include "harness/target/live_target.hpp"
#include "harness/target/sim_target.hpp"
#include "harness/target/temporary_directory.hpp"
#include "tests/laws/observation_support.hpp"

namespace nailbiter::laws {

/// One execution. `schedule_hash` is that of the steps taken and of the runnable sets; 0 live.
struct played {
  std::uint64_t seed = 0;
  history::history observed{};
  std::vector<observation> clients{};
  std::uint64_t schedule_hash = 0;
};

class subject {
 public:
  virtual ~subject() = default;

  /// A fresh daemon's, or one that has served only plans with the same daemon options. A plan that cannot be played
  /// fails the law.
  virtual played play(const plan::plan& what, std::uint64_t seed) = 0;

  /// What is played next meets a fresh daemon.
  virtual void restart() = 0;
};

using more_nails = std::function<void(naild::nail::registry&)>;
using blocking_puppet = std::function<std::unique_ptr<naild::nail::blocking_nail>()>;

class simulated_subject final : public subject {
 public:
  /// All may be empty; `before_each` is called before every plan, `blocking` is another `puppet-blocking`.
  explicit simulated_subject(more_nails adds = {}, std::function<void()> before_each = {}, blocking_puppet blocking = {});
  played play(const plan::plan& what, std::uint64_t seed) override;
  void restart() override {}  // each plan has its own daemon

 private:
  target::simulated_target target_;
  std::unique_ptr<explore::strategy> decides_;
  std::function<void()> before_each_;
};

class live_subject final : public subject {
 public:
  /// Throws when there is no room for its files.
  explicit live_subject(target::target_description what);
  played play(const plan::plan& what, std::uint64_t seed) override;
  void restart() override { target_.emplace(what_, directory_.path()); }

 private:
  target::target_description what_;
  target::temporary_directory directory_;
  std::optional<target::live_target> target_;
};

/// The naild of this build; empty when it has not been built.
std::filesystem::path naild_program();

}  // namespace nailbiter::laws
