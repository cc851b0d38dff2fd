#include "harness/actor/control_server.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace nailbiter::actor {

using naild::task::task;

namespace {

constexpr naild::task::step_label control_label =
    naild::task::label_of(control_session, naild::task::step_kind::wake, naild::task::session_part::control);
constexpr std::size_t connections_max = 16'384;

constexpr event_kind kind_of(report_kind kind) noexcept {
  switch (kind) {
    case report_kind::hello: return event_kind::run_hello;
    case report_kind::at: return event_kind::run_at;
    case report_kind::barrier: return event_kind::run_barrier;
    case report_kind::blocked: return event_kind::run_blocked;
    case report_kind::cancelled: return event_kind::run_cancelled;
    case report_kind::exit: return event_kind::run_exit;
  }
  return event_kind::run_lost;
}

}  // namespace

/// One puppet's connection; lives in the frame of serve().
struct control_server::connection {
  connection(naild::task::strand& where, naild::port::byte_stream& over)
      : stream(over), writers(where, control_label) {}

  naild::port::byte_stream& stream;
  naild::task::group writers;
  std::string input{};
  std::string output{};
  std::uint32_t actor = history::no_actor;  // no_actor: has not said hello
  bool writing = false;
  bool exited = false;
};

control_server::control_server(const plan::plan& what, naild::task::strand& own, naild::port::listener& door,
                               recorder& into, listen_to_news tell)
    : own_(own), door_(door), record_(into), tell_(std::move(tell)), connections_(own, control_label), runs_(what.clients.size()) {
  for (std::uint32_t actor = 0; actor < what.clients.size(); ++actor) {
    actor_of_.emplace(what.clients[actor].name, actor);
    for (const std::string& script_op : what.clients[actor].script) expect_at_barriers(actor, script_op);
  }
}

control_server::~control_server() = default;

void control_server::expect_at_barriers(std::uint32_t actor, std::string_view script_op) {
  constexpr std::string_view word = "barrier ";
  for (auto at = script_op.find(word); at != script_op.npos; at = script_op.find(word, at + 1)) {
    const auto begin = at + word.size();
    const auto name = script_op.substr(begin, script_op.find_first_of("; ", begin) - begin);
    auto found = barriers_.find(name);
    if (found == barriers_.end()) found = barriers_.emplace(name, barrier()).first;
    auto& expected = found->second.expected;
    if (expected.empty() || expected.back() != actor) expected.push_back(actor);
  }
}

task<> control_server::run() {
  while (!closed_) {
    auto next = co_await door_.accept();
    if (!next) break;
    if (open_ >= connections_max) continue;
    ++open_;
    connections_.start(serve(std::move(*next)));
  }
  co_await connections_.join();
}

task<> control_server::serve(std::unique_ptr<naild::port::byte_stream> stream) {
  stream->set_labels(control_label, control_label, control_label);
  connection mine(own_, *stream);
  wires_.push_back(&mine);
  if (closed_) send(mine, exit_line(exit_code_));
  std::array<char, 1024> buffer;
  for (;;) {
    const auto got = co_await stream->read_some(buffer);
    if (!got) break;
    mine.input.append(buffer.data(), *got);
    if (!take_lines(mine)) break;
  }
  leave(mine);
  stream->close();
  co_await mine.writers.join();
  std::erase(wires_, &mine);
  if (--open_ == 0 && idle_) idle_();
}

/// False when the puppet no longer speaks the protocol.
bool control_server::take_lines(connection& from) {
  std::size_t begin = 0;
  for (auto end = from.input.find('\n'); end != from.input.npos; end = from.input.find('\n', begin)) {
    const auto said = parse_report(std::string_view(from.input).substr(begin, end - begin));
    if (!said) return false;
    handle(from, *said);
    begin = end + 1;
  }
  from.input.erase(0, begin);
  return from.input.size() <= control_line_bytes_max;
}

void control_server::handle(connection& from, const report& said) {
  if (said.kind == report_kind::hello) return greet(from, said);
  if (from.actor == history::no_actor) return;  // nobody's report
  run_state& mine = runs_[from.actor];
  note(from.actor, kind_of(said.kind), said.text, said.number);
  switch (said.kind) {
    case report_kind::at:
      if (mine.open_tokens.erase(said.text) > 0) {
        note(from.actor, event_kind::run_go, said.text, 0);
        send(from, go_line(said.text));
      } else {
        mine.reached.insert_or_assign(said.text, &from);
      }
      break;
    case report_kind::barrier: {
      barrier& one = barriers_[said.text];
      one.arrived.resize(runs_.size());
      one.arrived[from.actor] = true;
      if (one.released) {
        send(from, go_line(said.text));
      } else {
        release_if_full(said.text, one);
      }
      break;
    }
    case report_kind::exit: from.exited = true; break;
    case report_kind::hello:
    case report_kind::blocked:
    case report_kind::cancelled: break;
  }
}

// A run may say hello more than once: its child puppets inherit the two variables.
void control_server::greet(connection& from, const report& said) {
  const auto found = actor_of_.find(said.run);
  if (found == actor_of_.end()) return;
  from.actor = found->second;
  run_state& mine = runs_[from.actor];
  mine.seen = true;
  note(from.actor, event_kind::run_hello, {}, said.number);
  if (mine.wire != nullptr) return;
  mine.wire = &from;
  if (!mine.pending.empty()) send(from, std::exchange(mine.pending, {}));
}

void control_server::leave(connection& from) {
  if (from.actor == history::no_actor) return;
  run_state& mine = runs_[from.actor];
  if (mine.wire == &from) mine.wire = nullptr;
  std::erase_if(mine.reached, [&](const auto& token) { return token.second == &from; });
  if (!from.exited) note(from.actor, event_kind::run_lost, {}, 0);
}

void control_server::note(std::uint32_t actor, event_kind what, const std::string& text, std::int64_t number) {
  record_.add(what, actor, text, number);
  tell_(run_news{.actor = actor, .what = what, .text = text});
}

void control_server::release_if_full(const std::string& name, barrier& one) {
  if (one.released || one.arrived.empty()) return;
  for (const std::uint32_t actor : one.expected) {
    if (!one.arrived[actor] && !runs_[actor].finished) return;
  }
  one.released = true;
  for (connection* wire : wires_) {
    if (wire->actor == history::no_actor || !one.arrived[wire->actor]) continue;
    record_.add(event_kind::run_go, wire->actor, name);
    send(*wire, go_line(name));
  }
}

void control_server::go(std::uint32_t actor, const std::string& token) {
  run_state& mine = runs_[actor];
  const auto waiting = mine.reached.find(token);
  if (waiting == mine.reached.end()) {
    mine.open_tokens.insert(token);
    return;
  }
  record_.add(event_kind::run_go, actor, token);
  send(*waiting->second, go_line(token));
  mine.reached.erase(waiting);
}

void control_server::order(std::uint32_t actor, const std::string& script_op) {
  run_state& mine = runs_[actor];
  if (mine.wire != nullptr) {
    send(*mine.wire, op_line(script_op));
  } else if (!mine.seen && mine.pending.size() < control_line_bytes_max) {
    mine.pending += op_line(script_op);
  }
}

void control_server::client_finished(std::uint32_t actor) {
  runs_[actor].finished = true;
  for (auto& [name, one] : barriers_) {
    if (std::ranges::binary_search(one.expected, actor)) release_if_full(name, one);
  }
}

void control_server::close(std::int32_t exit_code) {
  if (std::exchange(closed_, true)) return;
  exit_code_ = exit_code;
  door_.close();
  for (connection* wire : wires_) send(*wire, exit_line(exit_code));
}

void control_server::send(connection& to, const std::string& line) {
  to.output += line;
  if (std::exchange(to.writing, true)) return;
  to.writers.start(flush(to));
}

task<> control_server::flush(connection& to) {
  while (!to.output.empty()) {
    std::string sending = std::exchange(to.output, {});
    std::string_view rest = sending;
    while (!rest.empty()) {
      const auto taken = co_await to.stream.write_some(rest);
      if (!taken) co_return;  // the reader learns of it; `writing` stays, nothing more is sent
      rest.remove_prefix(*taken);
    }
  }
  to.writing = false;
}

}  // namespace nailbiter::actor
