#pragma once

// Collects the chunks up to `C` into a request and refuses what naild's dialect refuses. Knows no states or actions.

#include <cstddef>
#include <optional>

#include "reference/session/event.hpp"
#include "reference/session/request.hpp"
#include "reference/session/violation.hpp"

namespace naild::session {

class header {
 public:
  explicit header(limits bounds) noexcept : bounds_(bounds) {}

  /// Would `what` (argument, environment, working_dir, command or heartbeat) break a rule or a limit? Counts its bytes.
  std::optional<violation> admit(const event& what);

  /// Takes the payload of an admitted chunk; the request is complete after the command.
  void keep(event what);

  const request& asked() const noexcept { return asked_; }

 private:
  std::optional<violation> admit_command(const event& what) const;
  void resolve_duplicates();

  limits bounds_;
  request asked_;
  std::size_t header_bytes_ = 0;
  bool has_working_dir_ = false;
};

}  // namespace naild::session
