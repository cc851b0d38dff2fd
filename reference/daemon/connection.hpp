#pragma once

// Drives the machine of one session: bytes in, actions out, on the session's own strand. All protocol policy is the
// machine's; this knows streams, queues, tasks and time.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reference/daemon/admission.hpp"
#include "reference/daemon/header_budget.hpp"
#include "reference/daemon/services.hpp"
#include "reference/daemon/session_table.hpp"
#include "reference/daemon/session_watch.hpp"
#include "reference/nail/cancel_token.hpp"
#include "reference/port/byte_stream.hpp"
#include "reference/stdio/output_queue.hpp"
#include "reference/stdio/stdin_pipe.hpp"
#include "reference/task/group.hpp"
#include "reference/task/recycling.hpp"
#include "reference/wire/decoder.hpp"

namespace naild::daemon {

/// What the sessions of one server share; borrowed.
struct shared_services {
  const services& given;
  session_table& table;
  admission& runs;
  deadlines& notes;
  header_budget& headers;
};

/// Own strand only. Lives in the frame of serve_session().
class connection final : reachable_session, stdio::output_listener, stdio::stdin_listener {
 public:
  connection(shared_services shared, std::unique_ptr<port::byte_stream> stream, session_ref self);

  /// The whole session; returns when nothing of it is left and others cannot reach it any more. `turned_away` is why it may
  /// not begin a run: it comes before the first byte is read, which may be the whole header's.
  task::task<> run(std::optional<session::event> turned_away);

 private:
  // Told by others, in steps of this strand.
  void on_event(session::event what) override;
  void on_deadline(port::time_ns when) override;
  nail::session_report describe() const override;
  void abandon() override;

  // Told by the nail's streams.
  void output_appeared() override;
  void stdin_wanted() override;
  void stdin_chunk_consumed() override;
  void stdin_has_room() override;
  void stdin_stopped() override;
  void stdin_lost() override;

  // The machine.
  void apply(session::event what);
  void enact(const session::action& what);
  void follow_state();
  void ask_admission();
  void send_exit(std::int32_t code);
  void cancel_nail(base::byte_view reason);
  void close();

  // The three tasks.
  task::task<> read_until_end();
  task::task<> wait_for_room();
  task::task<> write_until_empty();
  task::task<> run_the_nail();
  void take_input(base::byte_view input);
  bool take_header_budget(std::size_t bytes);
  void on_read_end(base::io_error why);
  void lose_peer();

  shared_services shared_;
  std::unique_ptr<port::byte_stream> stream_;
  session_ref self_;
  session::machine machine_;
  wire::client_chunk_decoder decoder_;
  session_watch watch_;
  stdio::output_queue output_;
  stdio::stdin_pipe input_;
  nail::cancel_token token_;
  task::event room_;     // a paused reader that cannot watch its peer
  task::event closed_;
  task::group nails_;
  task::group writers_;
  std::vector<session::event, task::recycling<session::event>> follow_ups_;  // events that an action gave rise to
  session::state seen_state_ = session::state::header;
  std::size_t header_bytes_ = 0;
  bool applying_ = false;
  bool writing_ = false;
  bool watching_ = false;         // reader waits for peer_closed()
  bool waiting_for_room_ = false;
  bool peer_left_ = false;        // its write side is closed, perhaps behind unread bytes
  bool input_ended_ = false;      // all that it sent has been read
  bool peer_lost_ = false;
  bool discarding_ = false;       // what arrives belongs to no run any more
  bool exit_queued_ = false;
  bool closing_ = false;
};

/// A session from accept to close, as connection::run().
task::task<> serve_session(shared_services shared, std::unique_ptr<port::byte_stream> stream, session_ref self,
                           std::optional<session::event> turned_away);

}  // namespace naild::daemon
