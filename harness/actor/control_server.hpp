#pragma once

// The harness's end of the puppets' control connections: it records what runs report, tells the clients that wait for
// it, counts barriers, and passes on what clients order. Knows nothing of chunks.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/actor/control_line.hpp"
#include "harness/actor/recorder.hpp"
#include "harness/actor/setting.hpp"
#include "harness/plan/plan.hpp"
#include "reference/port/listener.hpp"
#include "reference/task/group.hpp"

namespace nailbiter::actor {

/// What a client is told of its run.
struct run_news {
  std::uint32_t actor = 0;
  event_kind what{};    // run_hello, run_at, run_blocked, run_cancelled, run_exit, run_lost
  std::string text{};   // token
};

/// One strand, given by its maker, for the server and all its connections. Everything is called on that strand.
class control_server {
 public:
  using listen_to_news = std::function<void(run_news)>;

  /// Borrows all of them; `tell` is called for each report, in the order of the history.
  control_server(const plan::plan& what, naild::task::strand& own, naild::port::listener& door, recorder& into,
                 listen_to_news tell);
  ~control_server();

  /// Serves until close(); then until every puppet has gone.
  naild::task::task<> run();

  /// Lets a run pass its token; one that is not there yet finds it open.
  void go(std::uint32_t actor, const std::string& token);
  /// Gives a run one more script op; before its hello it is kept.
  void order(std::uint32_t actor, const std::string& script_op);
  /// A client that does nothing more is awaited at no barrier.
  void client_finished(std::uint32_t actor);
  /// Ends every puppet, now and later, and takes no new ones.
  void close(std::int32_t exit_code);

  /// Called when the last open connection has ended.
  void on_idle(std::function<void()> tell) { idle_ = std::move(tell); }
  std::size_t open_connections() const noexcept { return open_; }
  bool has_seen(std::uint32_t actor) const noexcept { return runs_.at(actor).seen; }

 private:
  struct connection;
  struct run_state {
    connection* wire = nullptr;                  // its puppet's, while it is open
    bool seen = false;
    bool finished = false;                       // the client does nothing more
    std::set<std::string> open_tokens;           // released before they were reached
    std::map<std::string, connection*> reached;  // tokens at which it, or a child of it, waits
    std::string pending;                         // lines ordered before its hello; at most control_line_bytes_max
  };
  struct barrier {
    std::vector<std::uint32_t> expected;  // ascending
    std::vector<bool> arrived;            // by actor; empty: nobody has
    bool released = false;
  };

  naild::task::task<> serve(std::unique_ptr<naild::port::byte_stream> stream);
  naild::task::task<> flush(connection& to);
  bool take_lines(connection& from);
  void handle(connection& from, const report& said);
  void greet(connection& from, const report& said);
  void leave(connection& from);
  void expect_at_barriers(std::uint32_t actor, std::string_view script_op);
  void release_if_full(const std::string& name, barrier& one);
  void send(connection& to, const std::string& line);
  void note(std::uint32_t actor, event_kind what, const std::string& text, std::int64_t number);

  naild::task::strand& own_;
  naild::port::listener& door_;
  recorder& record_;
  listen_to_news tell_;
  std::function<void()> idle_;
  naild::task::group connections_;
  std::map<std::string_view, std::uint32_t> actor_of_;  // by names of the plan
  std::vector<run_state> runs_;
  std::map<std::string, barrier, std::less<>> barriers_;
  std::vector<connection*> wires_;  // in the order of their coming
  std::size_t open_ = 0;
  bool closed_ = false;
  std::int32_t exit_code_ = 0;
};

}  // namespace nailbiter::actor
