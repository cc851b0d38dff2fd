#pragma once

// Whose a step is: strands of an execution by the clients of its plan, and which way a network strand carries. Knows
// labels and numbers; it has never seen the daemon.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/command/reproduction.hpp"

namespace nailbiter::command {

class step_owners {
 public:
  /// Borrows the plan.
  step_owners(const plan::plan& what, const execution& done);

  /// One direction of a connection.
  struct way {
    std::uint32_t session = 0;  // of the end that is no control server, a client's or the daemon's
    bool to_listener = false;   // to the daemon, or to the puppets' control server
    bool is_control = false;
  };
  /// Nullopt for what is no network strand.
  std::optional<way> way_of(explore::strand_id strand) const;

  /// The client that a session is, or that it serves in the daemon.
  std::optional<std::size_t> client_of(std::uint32_t session) const;

  /// The client's name; else the control server or the daemon.
  std::string name_of(std::uint32_t session) const;

 private:
  const plan::plan& what_;
  std::map<std::uint32_t, std::size_t> clients_;  // by the daemon's session
  std::map<explore::strand_id, way> ways_;
};

}  // namespace nailbiter::command
