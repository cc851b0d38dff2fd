#include "harness/actor/case_driver.hpp"

#include <algorithm>
#include <utility>

#include "harness/actor/command_line.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::actor {

using naild::task::label_of;
using naild::task::session_part;
using naild::task::step_kind;

namespace {

// What a puppet that outlives its case ends with.
constexpr std::int32_t abandoned_exit_code = 70;

constexpr naild::task::step_label control_label(step_kind kind) noexcept {
  return label_of(control_session, kind, session_part::control);
}

constexpr naild::task::step_label client_label(std::uint32_t actor, step_kind kind) noexcept {
  return label_of(actor_session(actor), kind, session_part::state);
}

bool watches(const plan::client& who, const std::string& other) {
  return std::ranges::any_of(
      who.ops, [&](const plan::op& step) { return step.kind == plan::op_kind::until_client && step.text == other; });
}

}  // namespace

case_driver::case_driver(const setting& where, const plan::plan& what, naild::port::listener* control_door,
                         std::vector<history::event> memory)
    : where_(where),
      what_(what),
      record_(where.world.time, std::move(memory)),
      turns_(what),
      clients_(what.clients.size()),
      clients_running_(what.clients.size()),
      counts_resources_(std::ranges::find(what.checks, "resources") != what.checks.end()) {
  for (std::uint32_t actor = 0; actor < what.clients.size(); ++actor) actor_of_.emplace(what.clients[actor].name, actor);
  if (control_door == nullptr || !needs_control(what)) return;
  runs_settled_ = false;
  control_strand_ = &where_.world.strands.make_strand(control_session, "control");
  control_ = std::make_unique<control_server>(what_, *control_strand_, *control_door, record_,
                                              [this](run_news news) { tell_client(std::move(news)); });
  control_->on_idle([this] { settle_runs(); });
}

case_driver::~case_driver() = default;

void case_driver::start() {
  if (control_) naild::task::spawn(*control_strand_, control_->run(), control_label(step_kind::spawn));
  for (std::uint32_t actor = 0; actor < clients_.size(); ++actor) {
    const std::string& predecessor = what_.clients[actor].starts_after;
    if (turns_.is_open(what_.clients[actor].starts_at_turn) && (predecessor.empty() || !knows(predecessor))) start_client(actor);
  }
}

void case_driver::start_client(std::uint32_t actor) {
  naild::task::strand& own = where_.world.strands.make_strand(actor_session(actor), "client");
  clients_[actor] = std::make_unique<client>(where_, what_.clients[actor], actor, own, record_, *this);
  if (given_up_) clients_[actor]->abort();
  naild::task::spawn(own, clients_[actor]->run(), client_label(actor, step_kind::spawn));
}

void case_driver::go(std::uint32_t actor, const std::string& token) {
  if (!control_) return;
  naild::task::post(*control_strand_, control_label(step_kind::post), [this, actor, token] { control_->go(actor, token); });
}

void case_driver::order(std::uint32_t actor, const std::string& script_op) {
  if (!control_) return;
  naild::task::post(*control_strand_, control_label(step_kind::post),
                    [this, actor, script_op] { control_->order(actor, script_op); });
}

bool case_driver::has_finished(const std::string& client_name) const {
  const auto found = actor_of_.find(client_name);
  return found != actor_of_.end() && clients_[found->second] != nullptr && clients_[found->second]->done();
}

void case_driver::tell_client(run_news news) {
  client* const told = clients_[news.actor].get();
  if (told == nullptr || told->done()) return;
  const auto label = client_label(news.actor, step_kind::post);
  naild::task::post(told->own_strand(), label, [told, news = std::move(news)] { told->on_news(news); });
}

void case_driver::tell_watchers(std::uint32_t finished_actor) {
  const std::string& name = what_.clients[finished_actor].name;
  for (std::uint32_t actor = 0; actor < clients_.size(); ++actor) {
    client* const told = clients_[actor].get();
    if (told != nullptr && watches(what_.clients[actor], name)) tell(*told, actor);
  }
}

void case_driver::tell(client& told, std::uint32_t actor) {
  if (told.done()) return;
  naild::task::post(told.own_strand(), client_label(actor, step_kind::post), [&told] { told.on_other_moved(); });
}

void case_driver::take(std::uint64_t turn) {
  turns_.take(turn);
  turn_over();
}

void case_driver::forfeit(std::uint32_t actor) {
  if (!turns_.any()) return;
  turns_.forfeit(actor);
  turn_over();
}

// All are told; those who wait for something else look and go on waiting.
void case_driver::turn_over() {
  for (std::uint32_t actor = 0; actor < clients_.size(); ++actor) {
    const plan::client& who = what_.clients[actor];
    if (clients_[actor] != nullptr) {
      tell(*clients_[actor], actor);
    } else if (who.starts_at_turn != 0 && turns_.is_open(who.starts_at_turn) && !knows(who.starts_after)) {
      start_client(actor);
    }
  }
}

void case_driver::finished(std::uint32_t actor) {
  --clients_running_;
  forfeit(actor);
  tell_watchers(actor);
  bool ends_round = false;
  for (std::uint32_t next = 0; next < clients_.size(); ++next) {
    if (clients_[next] != nullptr || what_.clients[next].starts_after != what_.clients[actor].name) continue;
    if (!std::exchange(ends_round, true)) take_census();
    start_client(next);
  }
  if (control_) {
    naild::task::post(*control_strand_, control_label(step_kind::post), [this, actor] {
      control_->client_finished(actor);
      settle_runs();
    });
  } else if (clients_running_ == 0 && tell_finished_) {
    std::exchange(tell_finished_, nullptr)();
  }
}

// Where clients follow each other, each end of one is a round.
void case_driver::take_census() {
  if (where_.census != nullptr && counts_resources_) where_.census->take(record_);
}

// A client that left early has a run that the daemon may only now begin or cancel.
bool case_driver::awaits_run(std::uint32_t actor) const {
  const plan::client& who = what_.clients[actor];
  return needs_control(who) && who.expect.ends == plan::ending::cancelled && !control_->has_seen(actor);
}

// On the control strand, whenever a client is done or the last puppet has gone.
void case_driver::settle_runs() {
  if (runs_settled_ || clients_running_ > 0 || control_->open_connections() > 0) return;
  if (!given_up_ && where_.late_run_ms > 0 && !std::exchange(late_runs_awaited_, true)) {
    for (std::uint32_t actor = 0; actor < clients_.size(); ++actor) {
      if (!awaits_run(actor)) continue;
      naild::task::spawn(*control_strand_, wait_for_late_runs(), control_label(step_kind::timer));
      return;
    }
  }
  runs_settled_ = true;
  control_->close(abandoned_exit_code);
  if (tell_finished_) std::exchange(tell_finished_, nullptr)();
}

naild::task::task<> case_driver::wait_for_late_runs() {
  const auto timer = where_.world.time.make_timer(control_label(step_kind::timer));
  const auto deadline = where_.world.time.now() + naild::port::milliseconds(where_.late_run_ms);
  co_await timer->until(deadline);
  settle_runs();
}

std::string case_driver::awaited() const {
  std::string all;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) all += (all.empty() ? "" : "; ") + part;
  };
  for (std::uint32_t actor = 0; actor < clients_.size(); ++actor) {
    if (clients_[actor]) {
      add(clients_[actor]->awaited());
    } else {
      const plan::client& who = what_.clients[actor];
      add(who.name + ": " + (who.starts_after.empty() ? "turn " + std::to_string(who.starts_at_turn) : "client " + who.starts_after));
    }
  }
  if (control_ && control_->open_connections() > 0) add("runs that still report");
  return all;
}

std::uint64_t case_driver::progress() const noexcept {
  std::uint64_t sum = record_.events().size() + record_.lost();
  for (const auto& one : clients_) {
    if (one != nullptr) sum += one->moved_bytes() - one->beats();
  }
  return sum;
}

void case_driver::note_end(event_kind why, std::int64_t number) { record_.add(why, history::no_actor, awaited(), number); }

void case_driver::give_up() {
  given_up_ = true;
  for (std::uint32_t actor = 0; actor < clients_.size(); ++actor) {
    client* const told = clients_[actor].get();
    if (told == nullptr || told->done()) continue;
    naild::task::post(told->own_strand(), client_label(actor, step_kind::post), [told] { told->abort(); });
  }
  if (!control_) return;
  naild::task::post(*control_strand_, control_label(step_kind::post), [this] {
    control_->close(abandoned_exit_code);
    settle_runs();
  });
}

}  // namespace nailbiter::actor
