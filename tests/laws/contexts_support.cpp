#include <algorithm>
#include <utility>

#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"
#include "tests/laws/thread_scripts_support.hpp"

namespace nailbiter::laws {

using plan::op_kind;

const cast coroutines{[](std::string name) { return a_client(std::move(name)); }, a_neighbour};
const cast threads{a_threaded_client, a_threaded_neighbour};

void alone_equals_concurrent_among(subject& held_by, const cast& of) {
  std::vector<plan::client> clients{*of.staying("a"), *of.any("b")};
  if (*rc::gen::arbitrary<bool>()) clients.push_back(*of.any("c"));
  const played together = held_by.play(plan_of(clients), *a_seed().as("seed together"));
  for (std::size_t i = 0; i < clients.size(); ++i) {
    if (!stays(clients[i])) continue;
    require_same("alone and beside others it must observe the same", alone(held_by, clients[i]), 0, together, i);
  }
}

namespace {

/// A client whose secrets are `secret` and bytes made of it; its shape depends on the secret's length alone.
plan::client a_keeper(const std::string& secret) {
  plan::client who;
  who.name = "b";
  who.script = {"out " + secret, "env SECRET", "cat", "setenv SECRET x" + secret, "err " + secret, "exit 3"};
  who.environment = {"SECRET=" + secret};
  who.working_dir = "/" + secret;
  who.stdin_from = plan::stdin_source::text;
  who.stdin_text = secret + secret;
  who.stdin_chunk_bytes = 4;
  return who;
}

}  // namespace

void secrets_of_equal_shape_are_not_seen(subject& held_by) {
  const plan::client a = *a_client("a");
  const auto letters = rc::gen::container<std::string>(8, rc::gen::inRange('a', static_cast<char>('z' + 1)));
  const std::string one = *letters.as("secret");
  const std::string other = *letters.as("other secret");
  const std::uint64_t seed = *a_seed().as("seed");
  const played first = held_by.play(plan_of({a_keeper(one), a}), seed);
  const played second = held_by.play(plan_of({a_keeper(other), a}), seed);
  require_same("a neighbour's secret must not be seen", first, 1, second, 1);
  if (first.schedule_hash != second.schedule_hash) fail_case("a secret has changed the steps, or which were runnable", second);
}

void a_predecessor_changes_nothing_among(subject& held_by, const cast& of) {
  const std::vector<plan::client> clients{*of.staying("a"), *of.any("b"), *of.any("c")};
  for (std::size_t first = 0; first < clients.size(); ++first) {
    for (std::size_t second = 0; second < clients.size(); ++second) {
      if (first == second || !stays(clients[second])) continue;
      plan::client follower = clients[second];
      follower.starts_after = clients[first].name;
      const played after = held_by.play(plan_of({clients[first], follower}), *a_seed().as("seed in sequence"));
      require_same("a predecessor must leave nothing behind", alone(held_by, clients[second]), 0, after, 1);
    }
  }
}

void the_cap_on_runs_changes_nothing(subject& held_by) {
  const std::vector<plan::client> clients{*a_client("a"), *a_client("b"), *a_client("c")};
  const int cap = *rc::gen::inRange(1, 4).as("cap");
  const std::uint64_t seed = *a_seed().as("seed");
  const played free = held_by.play(plan_of(clients), seed);
  const played capped = held_by.play(plan_of(clients, {"--runs-max=" + std::to_string(cap)}), seed);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    require_same("how many may run at once must not be seen", free, i, capped, i);
  }
}

namespace {

/// Stays until the client named "a" has finished and does nothing until then.
plan::client an_idler(const std::string& kind) {
  plan::client who;
  who.name = "idle";
  who.ops = {{.kind = op_kind::until_client, .text = "a"}, {.kind = op_kind::close}};
  who.header = kind != "silent" && kind != "half a header";
  if (kind == "half a header") who.ops.insert(who.ops.begin(), {.kind = op_kind::send, .text = std::string("\0\0\0\x05", 4) + "Aou"});
  if (kind == "beats") who.heartbeat_ms = 50;
  if (who.header) {
    who.script = {"hang"};
    who.expect.ends = plan::ending::cancelled;
  }
  return who;
}

}  // namespace

void an_idle_neighbour_changes_nothing(subject& held_by) {
  const plan::client a = *a_client("a");
  const auto kinds = std::vector<std::string>{"silent", "half a header", "hangs", "beats"};
  const std::string kind = *rc::gen::elementOf(kinds).as("idler");
  const played beside = held_by.play(plan_of({a, an_idler(kind)}), *a_seed().as("seed beside it"));
  require_same("an idle neighbour must not be noticed", alone(held_by, a), 0, beside, 0);
}

}  // namespace nailbiter::laws
