#include "reference/daemon/server.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "reference/daemon/connection.hpp"
#include "reference/task/recycling.hpp"

namespace naild::daemon {
namespace {

constexpr task::step_label spawn_label{.session = 0, .kind = task::step_kind::spawn, .resource = 0};
constexpr task::step_label wake_label{
    .session = 0, .kind = task::step_kind::wake, .resource = task::session_table_resource};
constexpr task::step_label timer_label{.session = 0, .kind = task::step_kind::timer, .resource = task::clock_resource};

constexpr std::uint64_t accept_backoff_ms = 50;

}  // namespace

server::server(const services& given, task::strand& own)
    : given_(given),
      own_(own),
      runs_(given.bounds.runs_max),
      notes_(given.world.time, own),
      headers_(given.bounds.header_bytes_total_max),
      changed_(own, wake_label),
      acceptors_(own, spawn_label),
      helpers_(own, spawn_label) {}

server::~server() = default;

void server::serve_on(port::listener& listener) { listeners_.push_back(&listener); }

task::task<> server::run() {
  helpers_.start(notes_.run());
  for (port::listener* each : listeners_) acceptors_.start(accept_from(*each));
  while (stage_ == stage::serving) co_await changed_;
  stop_accepting();
  co_await acceptors_.join();
  tell_stopped();
  table_.call_when_empty(own_, [this] {
    empty_ = true;
    changed_.set();
  });
  if (stage_ == stage::draining) {
    table_.tell_all({.kind = session::event_kind::drain_asked});
    co_await until_empty(given_.bounds.drain_ms);
  }
  if (!empty_) {
    stage_ = stage::cancelling;
    table_.tell_all({.kind = session::event_kind::cancel_asked, .payload = "the daemon stops"});
    co_await until_empty(given_.bounds.grace_ms);
  }
  if (!empty_) {
    name_the_remaining();
    table_.abandon_all();
    co_await until_empty(given_.bounds.grace_ms);
  }
  notes_.stop();
  co_await helpers_.join();
}

void server::drain() {
  task::post(own_, wake_label, [this] { advance_to(stage::draining); });
}

void server::cancel_all() {
  task::post(own_, wake_label, [this] { advance_to(stage::cancelling); });
}

void server::list(task::strand& where, std::uint32_t after, std::function<void(nail::session_page)> told) {
  table_.describe_page(where, after, std::move(told));
}

bool server::cancel(std::uint32_t session, base::bytes reason) {
  return table_.tell_one(session, {.kind = session::event_kind::cancel_asked, .payload = std::move(reason)});
}

void server::stop(task::strand& where, std::function<void()> told) {
  task::post(own_, wake_label, [this, &where, told = std::move(told)]() mutable {
    when_refusing_.emplace_back(&where, std::move(told));
    if (refuses_) tell_stopped();
    advance_to(stage::draining);
  });
}

void server::tell_stopped() {
  refuses_ = true;
  for (auto& [where, told] : std::exchange(when_refusing_, {})) task::post(*where, wake_label, std::move(told));
}

void server::advance_to(stage next) {
  stage_ = std::max(stage_, next);
  changed_.set();
}

task::task<> server::accept_from(port::listener& listener) {
  const std::unique_ptr<port::timer> backoff = given_.world.time.make_timer(timer_label);
  while (stage_ == stage::serving) {
    auto accepted = co_await listener.accept();
    if (accepted) {
      open(std::move(*accepted));
    } else if (accepted.error() == base::io_error::aborted) {
      co_return;
    } else {
      // Out of descriptors: the connection stays queued, and asking again at once would only burn the processor.
      given_.log.write(port::severity::warning, 0, fmt::format("cannot accept: {}", describe(accepted.error())));
      (void)co_await backoff->until(given_.world.time.now() + port::milliseconds(accept_backoff_ms));
    }
  }
}

/// Clients that the kernel has connected already are owed an answer.
void server::stop_accepting() {
  for (port::listener* each : listeners_) {
    while (auto stream = each->try_accept()) open(std::move(stream));
    each->close();
  }
}

void server::open(std::unique_ptr<port::byte_stream> stream) {
  const std::uint32_t id = ++last_session_;
  const std::size_t before = table_.size();
  const auto self = std::allocate_shared<session_handle>(task::recycling<session_handle>(), id, given_.world.strands.make_strand(id, "session"));
  table_.enter(self);
  std::optional<session::event> turned_away;
  if (stage_ != stage::serving) {
    turned_away = {.kind = session::event_kind::drain_asked};
  } else if (before >= given_.bounds.sessions_max) {
    turned_away = {.kind = session::event_kind::refused, .payload = "full: sessions_max sessions are open; try again later"};
  }
  task::spawn_and_retire(given_.world.strands, self->where,
                         serve_session({given_, table_, runs_, notes_, headers_}, std::move(stream), self, std::move(turned_away)),
                         task::label_of(id, task::step_kind::spawn, task::session_part::state));
}

/// Returns when every session has left, when the time is up, or when a later stage begins.
task::task<> server::until_empty(std::uint64_t ms_max) {
  const stage still = stage_;
  const std::unique_ptr<port::timer> limit = given_.world.time.make_timer(timer_label);
  bool time_is_up = false;
  task::group bell(own_, spawn_label);
  bell.start(ring(*limit, ms_max, time_is_up));
  while (!empty_ && !time_is_up && stage_ == still) co_await changed_;
  limit->cancel();
  co_await bell.join();
}

task::task<> server::ring(port::timer& limit, std::uint64_t ms, bool& time_is_up) {
  (void)co_await limit.until(given_.world.time.now() + port::milliseconds(ms));
  time_is_up = true;
  changed_.set();
}

void server::name_the_remaining() {
  for (const std::uint32_t id : table_.ids()) {
    given_.log.write(port::severity::error, id, "the run ignores its cancel: its client is cut off");
  }
}

}  // namespace naild::daemon
