#include "harness/explore/shrink.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace nailbiter::explore {
namespace {

using plan::op_kind;

template <class Value>
void erase_block(std::vector<Value>& values, std::size_t at, std::size_t size) {
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(at);
  values.erase(first, first + static_cast<std::ptrdiff_t>(std::min(size, values.size() - at)));
}

/// Without the clients [at, at + size); nobody waits for them any more.
plan::plan without_clients(plan::plan what, std::size_t at, std::size_t size) {
  std::set<std::string> gone;
  for (std::size_t i = at; i < std::min(at + size, what.clients.size()); ++i) gone.insert(what.clients[i].name);
  erase_block(what.clients, at, size);
  for (plan::client& who : what.clients) {
    if (gone.contains(who.starts_after)) who.starts_after.clear();
    std::erase_if(who.ops, [&](const plan::op& op) { return op.kind == op_kind::until_client && gone.contains(op.text); });
  }
  return what;
}

std::set<std::string> tokens_of(const plan::client& who) {
  std::set<std::string> tokens;
  for (const std::string& step : who.script) {
    if (step.starts_with("wait ")) tokens.insert(step.substr(5));
  }
  return tokens;
}

/// A wait goes with the ops that expect and end it, or the plan would only hang.
void drop_token(plan::client& who, const std::string& token) {
  std::erase(who.script, "wait " + token);
  std::erase_if(who.ops, [&](const plan::op& op) {
    return (op.kind == op_kind::until_at || op.kind == op_kind::go) && op.text == token;
  });
}

/// The number that ends "stream 1 4096" and its like: where it begins, and what it is.
std::pair<std::size_t, std::uint64_t> last_number(std::string_view step) {
  const std::size_t at = step.rfind(' ') + 1;
  std::uint64_t value = 0;
  const char* end = step.data() + step.size();
  const auto read = std::from_chars(step.data() + at, end, value);
  if (read.ec != std::errc() || read.ptr != end) return {at, 0};
  return {at, value};
}

bool ends_a_run(const plan::op& step) {
  switch (step.kind) {
    case op_kind::go:
    case op_kind::order:
    case op_kind::send:
    case op_kind::send_chunk:
    case op_kind::heartbeat:
    case op_kind::end_stdin:
    case op_kind::half_close:
    case op_kind::close:
    case op_kind::reset:
    case op_kind::kill:
    case op_kind::stop: return true;
    default: return false;
  }
}

/// A run that waits for what its client never does: on any daemon it has no end, so that it proves nothing of one.
bool hangs_by_itself(const plan::client& who) {
  const bool told = who.heartbeat_ms > 0 || std::ranges::any_of(who.ops, ends_a_run);
  return std::ranges::any_of(who.script, [&](std::string_view step) {
    const std::string_view word = step.substr(0, step.find(' '));
    if (word == "cat" || word == "cin" || word == "read") return who.stdin_from == plan::stdin_source::none && !told;
    return (word == "hang" || word == "flood" || word == "deaf") && !told;
  });
}

bool hangs_by_itself(const plan::plan& what) {
  return std::ranges::any_of(what.clients, [](const plan::client& who) { return hangs_by_itself(who); });
}

class plan_shrinker {
 public:
  plan_shrinker(shrunk& now, const shrink_oracle& fails, std::uint64_t attempts_max)
      : now_(now), fails_(fails), attempts_max_(attempts_max), may_hang_(hangs_by_itself(now.what)) {}

  void shrink() {
    bool smaller = true;
    while (std::exchange(smaller, false)) {
      smaller |= drop_blocks(now_.what.clients.size(), without_clients);
      for (std::size_t i = 0; i < now_.what.clients.size(); ++i) smaller |= shrink_client(i);
      smaller |= !now_.what.daemon_args.empty() && changed([](plan::plan& what) { what.daemon_args.clear(); });
    }
  }

 private:
  bool accept(plan::plan candidate) {
    if (now_.attempts >= attempts_max_ || candidate == now_.what) return false;
    if (!may_hang_ && hangs_by_itself(candidate)) return false;
    ++now_.attempts;
    auto taken = fails_(candidate, now_.decisions);
    if (!taken) return false;
    now_.what = std::move(candidate);
    now_.decisions = std::move(*taken);
    return true;
  }

  bool changed(const auto& change) {
    plan::plan candidate = now_.what;
    change(candidate);
    return accept(std::move(candidate));
  }

  bool changed_client(std::size_t index, const auto& change) {
    return changed([&](plan::plan& what) { change(what.clients[index]); });
  }

  /// Halves first, then ever smaller blocks.
  bool drop_blocks(std::size_t count, const auto& without) {
    bool smaller = false;
    for (std::size_t size = std::max<std::size_t>(count / 2, 1); count > 0 && size > 0; size /= 2) {
      for (std::size_t at = 0; at < count;) {
        const std::size_t now = std::min(size, count - at);
        if (accept(without(now_.what, at, now))) {
          count -= now;
          smaller = true;
        } else {
          at += size;
        }
      }
    }
    return smaller;
  }

  bool shrink_client(std::size_t index) {
    bool smaller = false;
    for (const std::string& token : tokens_of(now_.what.clients[index])) {
      smaller |= changed_client(index, [&](plan::client& who) { drop_token(who, token); });
    }
    smaller |= drop_blocks(now_.what.clients[index].ops.size(), [index](plan::plan what, std::size_t at, std::size_t size) {
      erase_block(what.clients[index].ops, at, size);
      return what;
    });
    smaller |= drop_blocks(now_.what.clients[index].script.size(), [index](plan::plan what, std::size_t at, std::size_t size) {
      // Without a script the client would run another command.
      if (size < what.clients[index].script.size()) erase_block(what.clients[index].script, at, size);
      return what;
    });
    for (std::size_t step = 0; step < now_.what.clients[index].script.size(); ++step) smaller |= shrink_step(index, step);
    smaller |= shrink_stdin(index);
    smaller |= changed_client(index, [](plan::client& who) { who.starts_after.clear(); });
    smaller |= changed_client(index, [](plan::client& who) { who.environment.clear(); });
    smaller |= changed_client(index, [](plan::client& who) { who.heartbeat_ms = 0; });
    smaller |= changed_client(index, [](plan::client& who) { who.read_bytes_per_step = 0; });
    return smaller;
  }

  bool shrink_step(std::size_t index, std::size_t step) {
    const std::string before = now_.what.clients[index].script[step];
    const auto replaced = [&](const std::string& text) {
      return changed_client(index, [&](plan::client& who) { who.script[step] = text; });
    };
    if ((before.starts_with("out ") || before.starts_with("err ")) && before.size() > 5) return replaced(before.substr(0, 4) + "x");
    if (!before.starts_with("stream ")) return false;
    const auto [at, bytes] = last_number(before);
    for (const std::uint64_t smaller : {std::uint64_t{1}, std::uint64_t{64}, std::uint64_t{4097}, bytes / 4, bytes / 2}) {
      if (smaller > 0 && smaller < bytes && replaced(before.substr(0, at) + std::to_string(smaller))) return true;
    }
    return false;
  }

  bool shrink_stdin(std::size_t index) {
    const plan::client& who = now_.what.clients[index];
    if (who.stdin_from == plan::stdin_source::none) return false;
    const bool gone = changed_client(index, [](plan::client& one) {
      one.stdin_from = plan::stdin_source::none;
      one.stdin_text.clear();
    });
    if (gone) return true;
    const bool ends_at_once = who.stdin_from != plan::stdin_source::empty && changed_client(index, [](plan::client& one) {
      one.stdin_from = plan::stdin_source::empty;
      one.stdin_text.clear();
    });
    if (ends_at_once) return true;
    for (const std::size_t bytes : {std::size_t{1}, who.stdin_text.size() / 4, who.stdin_text.size() / 2}) {
      if (bytes == 0 || bytes >= who.stdin_text.size()) continue;
      if (changed_client(index, [bytes](plan::client& one) { one.stdin_text.resize(bytes); })) return true;
    }
    return false;
  }

  shrunk& now_;
  const shrink_oracle& fails_;
  std::uint64_t attempts_max_;
  bool may_hang_;  // the plan that it began with does
};

}  // namespace

shrunk shrink_plan(plan::plan what, decision_list decisions, const shrink_oracle& fails, std::uint64_t attempts_max) {
  shrunk now{.what = std::move(what), .decisions = std::move(decisions)};
  plan_shrinker(now, fails, attempts_max).shrink();
  return now;
}

}  // namespace nailbiter::explore
