#include "harness/explore/lift.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

namespace nailbiter::explore {
namespace {

using plan::op;
using plan::op_kind;

constexpr std::string_view token_prefix = "lift.";

std::string token_name(std::size_t number) { return fmt::format("{}{}", token_prefix, number); }

bool waits_by_itself(std::string_view step) { return step.starts_with("wait ") || step.starts_with("barrier "); }

/// Their number, and what it makes of the script.
std::size_t add_tokens(std::vector<std::string>& script) {
  std::vector<std::string> ordered;
  std::size_t tokens = 0;
  for (std::string& step : script) {
    if (!waits_by_itself(step) && tokens < lift_tokens_max) ordered.push_back("wait " + token_name(tokens++));
    ordered.push_back(std::move(step));
  }
  script = std::move(ordered);
  return tokens;
}

bool leaves(op_kind kind) noexcept { return kind == op_kind::close || kind == op_kind::reset || kind == op_kind::kill; }

/// The ops of one client, as its acts come in.
class client_order {
 public:
  client_order(std::vector<op> original, std::size_t tokens) : ops_(std::move(original)), openers_left_(tokens) {
    for (std::size_t i = 0; i < tokens; ++i) unreleased_.push_back(token_name(i));
  }

  void begin(std::uint64_t& turns) {
    if (openers_left_ > 0) return static_cast<void>(--openers_left_);
    if (next_ == ops_.size()) return;
    const op& now = ops_[next_];
    waiting_ = is_wait(now.kind);  // it counts when it ends
    if (waiting_) return;
    made_.push_back({.kind = op_kind::turn, .number = ++turns});
    made_.push_back(now);
    has_left_ |= leaves(now.kind);
    ++next_;
  }

  void end() {
    if (std::exchange(waiting_, false)) made_.push_back(ops_[next_++]);
  }

  void release(const std::string& token, std::uint64_t& turns) {
    // Who has left waits for nothing any more.
    if (!has_left_) made_.push_back({.kind = op_kind::until_at, .text = token});
    made_.push_back({.kind = op_kind::turn, .number = ++turns});
    made_.push_back({.kind = op_kind::go, .text = token});
    std::erase(unreleased_, token);
  }

  /// Where the execution has not been: nothing of it may hold a run up.
  std::vector<op> take() {
    for (const std::string& token : unreleased_) made_.push_back({.kind = op_kind::go, .text = token});
    made_.insert(made_.end(), ops_.begin() + static_cast<std::ptrdiff_t>(next_), ops_.end());
    return std::move(made_);
  }

 private:
  std::vector<op> ops_;
  std::vector<op> made_;
  std::vector<std::string> unreleased_;
  std::size_t openers_left_;
  std::size_t next_ = 0;
  bool waiting_ = false;
  bool has_left_ = false;
};

}  // namespace

bool is_lift_token(std::string_view token) noexcept { return token.starts_with(token_prefix); }

bool is_wait(op_kind kind) noexcept {
  switch (kind) {
    case op_kind::until_started:
    case op_kind::until_at:
    case op_kind::until_blocked:
    case op_kind::until_stdout:
    case op_kind::until_stdin_sent:
    case op_kind::until_stdin_stuck:
    case op_kind::until_exit:
    case op_kind::until_closed:
    case op_kind::until_client: return true;
    default: return false;
  }
}

plan::plan with_tokens(plan::plan what) {
  for (plan::client& who : what.clients) {
    std::vector<op> opened;
    const std::size_t tokens = add_tokens(who.script);
    for (std::size_t i = 0; i < tokens; ++i) opened.push_back({.kind = op_kind::go, .text = token_name(i)});
    who.ops.insert(who.ops.begin(), opened.begin(), opened.end());
  }
  return what;
}

plan::plan in_this_order(const plan::plan& original, const std::vector<act>& done, puppets how) {
  plan::plan lifted = original;
  std::vector<client_order> orders;
  for (plan::client& who : lifted.clients) {
    const std::size_t tokens = how == puppets::told ? add_tokens(who.script) : 0;
    orders.emplace_back(std::move(who.ops), tokens);
  }
  std::uint64_t turns = 0;
  for (const act& each : done) {
    client_order& mine = orders.at(each.client);
    switch (each.what) {
      case act::kind::starts:
        if (lifted.clients[each.client].starts_after.empty()) lifted.clients[each.client].starts_at_turn = ++turns;
        break;
      case act::kind::begins: mine.begin(turns); break;
      case act::kind::ends: mine.end(); break;
      case act::kind::passes: mine.release(each.token, turns); break;
    }
  }
  for (std::size_t i = 0; i < orders.size(); ++i) lifted.clients[i].ops = orders[i].take();
  return lifted;
}

}  // namespace nailbiter::explore
