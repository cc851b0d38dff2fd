#pragma once

// What a session must do at each event: the cell of a table that was read from its text, and what a reaction means
// (reference/session/transition_table.hpp says it in a line each). Written apart from the machine: shares its words only.

#include <optional>
#include <vector>

#include "fuzz/session_table.hpp"
#include "reference/session/action.hpp"
#include "reference/session/machine.hpp"
#include "reference/session/violation.hpp"

namespace fuzz {

class session_model {
 public:
  /// `table` outlives the model.
  session_model(const session_table& table, naild::session::limits bounds, naild::session::stdin_grant grant) : table_(table), bounds_(bounds), grant_(grant) {}

  /// What must be asked at `what`, in order; the model moves on.
  std::vector<naild::session::action> expect(const naild::session::event& what);

  naild::session::state now() const noexcept { return now_; }
  bool was_cancelled() const noexcept { return cancelled_; }

  /// From the command on.
  const naild::session::request& asked() const noexcept { return request_; }

  /// The row of the last event.
  naild::session::input last_input() const noexcept { return last_input_; }

 private:
  using violation = naild::session::violation;
  using action_list = std::vector<naild::session::action>;

  std::optional<violation> broken_by(const naild::session::event& what);
  std::optional<violation> broken_header(const naild::session::event& what);
  void keep(const naild::session::event& what);
  action_list reaction_to(naild::session::reaction what, const naild::session::event& cause, violation fault);
  action_list answer(const std::string& reason, std::int32_t code);
  action_list cancel(const std::string& reason);
  action_list failure(violation fault);
  action_list said(const std::string& reason) const;
  action_list no_more_reading();

  const session_table& table_;
  naild::session::limits bounds_;
  naild::session::stdin_grant grant_;
  naild::session::state now_{};
  naild::session::input last_input_{};
  naild::session::request request_;
  std::optional<naild::base::bytes> working_dir_;
  std::size_t header_bytes_ = 0;
  bool faulty_ = false;  // a violation was answered
  bool cancelled_ = false;
  bool gone_ = false;
  bool reads_ = true;
  bool granted_ = false;
  bool stdin_open_ = true;   // the client has not ended it
  bool nail_reads_ = true;   // the nail may still read
};

}  // namespace fuzz
