#include "harness/diagram/trace_events.hpp"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace nailbiter::diagram {
namespace {

using history::event_kind;
using json = nlohmann::ordered_json;

constexpr int process_id = 1;

constexpr double apart_us = 1.0;    // items at one virtual time still come one after the other
constexpr double shown_us = 0.8;    // how long an item lasts, so that flows have a slice to end at

std::vector<double> times_of(const std::vector<item>& items) {
  std::vector<double> times;
  for (const item& one : items) {
    const double told = static_cast<double>(one.time_ns) / 1e3;
    times.push_back(times.empty() ? told : std::max(told, times.back() + apart_us));
  }
  return times;
}

/// Thread 0 is the world's; a session's client and run have one each, so that flows have two ends.
std::size_t track_of(const item& one) noexcept {
  if (one.what == shape::world) return 0;
  return 1 + 2 * one.session + (one.what == shape::report || one.what == shape::order ? 1 : 0);
}

bool begins_connection(event_kind kind) noexcept { return kind == event_kind::connected; }
bool ends_connection(event_kind kind) noexcept {
  return kind == event_kind::closed || kind == event_kind::reset || kind == event_kind::client_finished;
}
bool begins_run(event_kind kind) noexcept { return kind == event_kind::run_hello; }
bool ends_run(event_kind kind) noexcept { return kind == event_kind::run_exit || kind == event_kind::run_lost; }

class writer {
 public:
  explicit writer(const space_time& drawn) : drawn_(drawn), times_(times_of(drawn.items)) {}

  json written() {
    name_tracks();
    for (std::size_t at = 0; at < drawn_.items.size(); ++at) {
      const item& one = drawn_.items[at];
      json slice = event("X", one.label, track_of(one), times_[at]);
      slice["dur"] = shown_us;
      slice["cat"] = one.witness ? "witness" : history::name_of(one.kind);
      slice["args"] = {{"event", one.event}, {"count", one.count}, {"witness", one.witness}, {"time_ns", one.time_ns}};
      events_.push_back(std::move(slice));
    }
    slices("connection", 0, begins_connection, ends_connection);
    slices("run", 1, begins_run, ends_run);
    flows();
    return {{"displayTimeUnit", "ns"}, {"otherData", {{"case", drawn_.title}}}, {"traceEvents", std::move(events_)}};
  }

 private:
  static json event(const char* phase, const std::string& name, std::size_t track, double time_us) {
    return {{"ph", phase}, {"name", name}, {"pid", process_id}, {"tid", track}, {"ts", time_us}};
  }

  void name_tracks() {
    const auto name = [this](const char* what, std::size_t track, const std::string& text) {
      events_.push_back({{"ph", "M"}, {"name", what}, {"pid", process_id}, {"tid", track}, {"args", {{"name", text}}}});
    };
    name("process_name", 0, drawn_.title);
    name("thread_name", 0, "the world");
    for (std::size_t session = 0; session < drawn_.sessions.size(); ++session) {
      name("thread_name", 1 + 2 * session, drawn_.sessions[session]);
      name("thread_name", 2 + 2 * session, "run of " + drawn_.sessions[session]);
    }
  }

  /// Asynchronous slices of one kind, one open at a time for each session; ids are unique over kinds and repetitions.
  void slices(const char* kind, std::size_t line, bool (*begins)(event_kind), bool (*ends)(event_kind)) {
    std::vector<std::optional<std::string>> open(drawn_.sessions.size());
    const auto end = [&](std::size_t session, double time_us) {
      json slice = event("e", name_of(kind, session), 1 + 2 * session + line, time_us);
      slice["cat"] = kind;
      slice["id"] = *open[session];
      events_.push_back(std::move(slice));
      open[session].reset();
    };
    for (std::size_t at = 0; at < drawn_.items.size(); ++at) {
      const item& one = drawn_.items[at];
      if (one.what == shape::world) continue;
      if (begins(one.kind) && !open[one.session]) {
        open[one.session] = std::string(kind) + "-" + std::to_string(one.event);
        json slice = event("b", name_of(kind, one.session), 1 + 2 * one.session + line, times_[at]);
        slice["cat"] = kind;
        slice["id"] = *open[one.session];
        events_.push_back(std::move(slice));
      } else if (ends(one.kind) && open[one.session]) {
        end(one.session, times_[at]);
      }
    }
    for (std::size_t session = 0; session < open.size(); ++session) {
      if (open[session]) end(session, times_.back());
    }
  }

  std::string name_of(const char* kind, std::size_t session) const { return std::string(kind) + " of " + drawn_.sessions[session]; }

  void flows() {
    std::size_t id = 0;
    for (const link& one : drawn_.links) {
      ++id;
      for (const auto& [phase, at] : {std::pair{"s", one.from}, std::pair{"f", one.to}}) {
        json flow = event(phase, "cause", track_of(drawn_.items[at]), times_[at]);
        flow["cat"] = "cause";
        flow["id"] = id;
        if (*phase == 'f') flow["bp"] = "e";
        events_.push_back(std::move(flow));
      }
    }
  }

  const space_time& drawn_;
  std::vector<double> times_;   // of the items, in microseconds, each after the one before
  json events_ = json::array();
};

}  // namespace

std::string to_trace_events(const space_time& drawn) {
  return writer(drawn).written().dump(0, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace nailbiter::diagram
