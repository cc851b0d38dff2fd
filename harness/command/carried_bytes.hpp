#pragma once

// What the bytes are that a step moves between a client and the daemon, told by the client's own history: its "header",
// its "stdout and exit". Says nothing where the history leaves a choice.

#include <string>
#include <vector>

#include "harness/command/step_owners.hpp"

namespace nailbiter::command {

class carried_bytes {
 public:
  /// Borrows nothing.
  carried_bytes(const execution& done, const step_owners& owners);

  /// Of a delivery, and of what the daemon reads in a step; else, and where it is not known, empty.
  const std::string& of(std::size_t step) const { return words_[step]; }

  /// Does the daemon begin to write to a client in this step?
  bool begins_write(std::size_t step) const { return begins_write_[step]; }

  /// What it begins to write; empty where that is not known.
  const std::string& written(std::size_t step) const { return written_[step]; }

 private:
  void find_writes(const execution& done);
  void tell_sent(const execution& done, const step_owners& owners);
  void tell_received(const execution& done, const step_owners& owners);

  std::vector<std::string> words_;
  std::vector<std::string> written_;
  std::vector<bool> begins_write_;
};

}  // namespace nailbiter::command
