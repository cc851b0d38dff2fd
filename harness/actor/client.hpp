#pragma once

// One client of a plan: connects, sends its header, works through its ops while it records all that arrives, reads to
// the end and closes. The same code plays in the simulator and against a live daemon. It judges nothing.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/actor/control_server.hpp"
#include "harness/actor/recorder.hpp"
#include "harness/actor/setting.hpp"
#include "harness/plan/plan.hpp"
#include "harness/wire/server_decoder.hpp"
#include "reference/task/event.hpp"
#include "reference/task/group.hpp"

namespace nailbiter::actor {

/// What a client needs of the others; called on the client's strand.
class company {
 public:
  virtual ~company() = default;
  virtual void go(std::uint32_t actor, const std::string& token) = 0;
  virtual void order(std::uint32_t actor, const std::string& script_op) = 0;
  virtual bool has_finished(const std::string& client_name) const = 0;
  virtual bool knows(const std::string& client_name) const = 0;
  virtual bool is_open(std::uint64_t turn) const = 0;
  virtual void take(std::uint64_t turn) = 0;
  /// The client takes no more turns.
  virtual void forfeit(std::uint32_t actor) = 0;
  /// The last call of a client.
  virtual void finished(std::uint32_t actor) = 0;
};

/// Own strand only. Borrows everything; outlives its tasks. A wait whose end has become impossible abandons the ops.
class client {
 public:
  client(const setting& where, const plan::client& what, std::uint32_t actor, naild::task::strand& own, recorder& into,
         company& others);

  /// The whole life.
  naild::task::task<> run();

  void on_news(const run_news& news);
  /// Another has finished, or taken a turn.
  void on_other_moved() { notify(); }

  /// Gives up: closes the connection, so that run() ends.
  void abort();

  naild::task::strand& own_strand() noexcept { return own_; }
  bool done() const noexcept { return done_; }
  /// Bytes in and out, but for its heartbeats; each of these is one event.
  std::uint64_t moved_bytes() const noexcept { return read_ + written_ - beats_ * chunk_header_bytes; }
  std::uint64_t beats() const noexcept { return beats_; }
  /// What it waits for now, for the text of a deadline.
  std::string awaited() const;

 private:
  enum class outcome : bool { abandoned, went_on };
  static constexpr std::size_t chunk_header_bytes = 5;

  // client.cpp: the life
  naild::task::task<> live_here();
  naild::task::task<> live_in_process();
  naild::task::task<> use(naild::port::byte_stream& stream);
  naild::task::task<> converse(naild::port::byte_stream& stream);
  void end_connection(event_kind how);
  void notify();
  void note(event_kind kind, std::string text = {}, std::int64_t number = 0, char type = 0) {
    record_.add(kind, actor_, std::move(text), number, type);
  }

  // client_ops.cpp: the list of ops
  naild::task::task<> perform_ops();
  naild::task::task<outcome> perform(const plan::op& step);
  naild::task::task<outcome> reach(const plan::op& step);
  naild::task::task<outcome> reach_stuck(const plan::op& step);
  naild::task::task<outcome> send(const plan::op& step);
  naild::task::task<> settle();
  naild::task::task<outcome> stand_still(std::uint64_t ms);
  outcome act_on_process(plan::op_kind how);
  bool reached(const plan::op& step) const;
  bool hopeless(const plan::op& step) const;

  // client_io.cpp: what goes in and out
  naild::task::task<> read_all(naild::port::byte_stream& stream);
  bool take_chunks();
  void note_bad_bytes();
  void note_end(naild::base::io_error why);
  void take(wire::server_chunk&& got);
  naild::task::task<> feed();
  naild::task::task<> beat();
  naild::task::task<bool> write(naild::base::byte_view bytes, naild::task::event& turn, bool counts_as_stdin);
  bool feeding() const noexcept;
  bool streams_stdin() const noexcept;  // one `S` is enough for all of it
  std::string_view next_stdin() const noexcept;

  const setting& where_;
  const plan::client& what_;
  std::uint32_t actor_;
  naild::task::strand& own_;
  recorder& record_;
  company& others_;
  naild::port::byte_stream* stream_ = nullptr;  // in the frame of run(), while it is open
  naild::port::connection_attempt* attempt_ = nullptr;
  client_process* process_ = nullptr;           // while it has one
  naild::port::timer* timer_ = nullptr;         // the heartbeats'
  wire::server_decoder decoder_;

  naild::task::event ops_wake_;
  naild::task::event feed_wake_;
  naild::task::event read_wake_;
  const plan::op* waiting_for_ = nullptr;
  const char* phase_ = "its start";

  bool hello_ = false;
  bool blocked_ = false;
  bool run_over_ = false;  // its puppet's control connection has ended
  std::vector<std::string> tokens_reached_;

  std::uint64_t stdout_bytes_ = 0;
  std::uint64_t output_bytes_ = 0;
  std::uint64_t grants_ = 0;
  bool exit_seen_ = false;
  bool read_ended_ = false;
  bool paused_ = false;
  bool stopped_ = false;              // its process is: it does nothing by itself
  bool ops_done_ = false;
  bool aborted_ = false;
  bool done_ = false;

  std::uint64_t stdin_sent_ = 0;
  std::uint64_t stdin_at_ = 0;        // first byte of stdin_text that is not sent
  std::uint64_t grants_used_ = 0;
  std::uint64_t written_ = 0;         // bytes the connection has taken
  std::uint64_t read_ = 0;
  std::uint64_t beats_ = 0;           // heartbeats sent by itself
  bool stdin_ended_ = false;
  bool feeder_done_ = true;
  bool writing_ = false;
  bool ops_want_turn_ = false;
  bool ops_have_turn_ = false;        // the next write is theirs
  bool write_ended_ = false;
  std::string flood_;
};

}  // namespace nailbiter::actor
