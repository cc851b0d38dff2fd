#pragma once

// Asks a target all the questions and sets what was observed beside what is claimed.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/probe/lies.hpp"
#include "harness/scenario/dialect.hpp"

namespace nailbiter::probe {

/// What the target is said to be; only what is claimed can be found wrong.
struct claims {
  std::optional<scenario::dialect> speaks{};
  std::vector<std::string> transports{};  // unix, tcp; empty: none is claimed
  std::vector<std::string> reached_by{"unix", "tcp"};  // the transports to ask
  std::map<std::string, std::string> observed{};  // what no dialect can claim (profile.hpp)
  std::vector<std::string> puppet_argv{};
  std::vector<std::string> puppet_ops{};  // empty: none is claimed
  std::vector<std::string> program_argv{};
  std::string puppet_program{};           // the puppet executable
};

/// One of the two ways, empty where it is not claimed.
means means_of(const claims& said, vehicle by);

enum class standing : std::uint8_t { agrees, differs, unclaimed, untold };

struct finding {
  std::string what;
  std::string claimed{};   // empty: nothing
  std::string observed{};  // untold: why
  standing how = standing::untold;
};

struct survey {
  std::vector<finding> findings{};
  lie_check honesty{};
  std::string unreachable{};  // not empty: why; nothing else was asked
  scenario::dialect speaks{};  // observed; where that cannot be told what is claimed, else naild's
  std::map<std::string, std::string> observed{};  // where that is none of the axis' values
  std::vector<std::string> transports{};
  std::vector<std::string> puppet_ops{};
  bool has_puppet = false;
  bool runs_programs = false;

  bool differs() const noexcept;
};

/// Plays every question up to this price, one after the other, over the first transport that answers.
survey take_survey(const claims& said, price up_to, const play& session);

}  // namespace nailbiter::probe
