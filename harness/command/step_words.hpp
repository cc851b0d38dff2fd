#pragma once

// Steps in the words of the domain: whose they are and what they do, by client names instead of session numbers. Knows
// labels and the history that grew while a step ran; it has never seen the daemon.

#include <cstddef>
#include <optional>
#include <string>

#include "harness/command/carried_bytes.hpp"

namespace nailbiter::command {

class step_words {
 public:
  /// Borrows both.
  step_words(const plan::plan& what, const execution& done);

  /// "a's half-close" if the history says it, "the daemon's reading of a's header" if it follows from the history, else
  /// what the label says: "a step of a's run".
  std::string of_step(std::size_t step) const;

  /// The same, but of a step of which a label alone says little: what its strand did before and after it, too.
  std::string in_place(std::size_t step) const;

  /// One line a step: number, whose, what; the events that it left in the history.
  std::string all_steps() const;

 private:
  /// Nullopt where there is nothing to say but whose the step is.
  std::optional<std::string> told(std::size_t step) const;
  std::string vague(std::size_t step) const;
  std::optional<std::string> witnessed(std::size_t step) const;
  std::string of_network(std::size_t step, const step_owners::way& way) const;
  std::string of_clock(std::size_t step) const;
  std::optional<std::string> of_session(std::size_t step, const std::string& whose) const;
  std::optional<std::string> beside(std::size_t step, int direction) const;
  bool is_first_of_strand(std::size_t step) const;

  const plan::plan& what_;
  const execution& done_;
  step_owners owners_;
  carried_bytes carried_;
};

}  // namespace nailbiter::command
