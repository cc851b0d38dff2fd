#pragma once

// Steps in the words of the domain: whose they are and what they do, by client names instead of session numbers. Knows
// labels and the history that grew while a step ran; it has never seen the daemon.

#include <map>
#include <string>
#include <vector>

#include "harness/command/reproduction.hpp"

namespace nailbiter::command {

class step_words {
 public:
  /// Borrows both.
  step_words(const plan::plan& what, const execution& done);

  /// What a use of a resource was: "a's half-close" if the history says it, else "the daemon's read from a".
  std::string of_use(std::size_t use) const;
  std::string of_step(std::size_t step) const;

  /// Each step is a client's or serves it in the daemon, and not the same client.
  bool are_of_two_clients(std::size_t one, std::size_t other) const;

  /// Does the history say what the step did?
  bool is_witnessed(std::size_t step) const;

  /// One line a step: number, whose, what; the events that it left in the history. Preempting steps are marked.
  std::string all_steps() const;

 private:
  std::string name_of(std::uint32_t session) const;
  std::string event_of(std::size_t step) const;
  bool is_first_of_strand(std::size_t step) const;
  std::string told(std::size_t step, std::uint32_t session, naild::task::step_kind kind, std::uint8_t part) const;

  const plan::plan& what_;
  const execution& done_;
  std::map<std::uint32_t, std::size_t> clients_;      // by the daemon's session
  std::map<std::size_t, std::uint32_t> peers_;        // session at the other end of a network strand, by strand
};

}  // namespace nailbiter::command
