#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "harness/plan/expected_output.hpp"
#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"
#include "tests/laws/thread_scripts_support.hpp"

namespace nailbiter::laws {

using history::event_kind;
using plan::op_kind;

namespace {

/// The same client with its header sent by hand, cut after the given bytes.
plan::client in_pieces(plan::client who, const std::string& header, std::vector<std::size_t> cuts) {
  who.header = false;
  who.ops.clear();
  cuts.push_back(header.size());
  std::ranges::sort(cuts);
  std::size_t sent = 0;
  for (const std::size_t cut : cuts) {
    if (cut == sent) continue;
    who.ops.push_back({.kind = op_kind::send, .text = header.substr(sent, cut - sent)});
    sent = cut;
  }
  return who;
}

}  // namespace

void splitting_the_header_changes_nothing(subject& held_by) {
  const plan::client who = *a_client("a", waits::never);
  const auto chunks = header_chunks(who);
  const std::string header = std::accumulate(chunks.begin(), chunks.end(), std::string());
  const auto a_cut = rc::gen::inRange<std::size_t>(0, header.size());
  std::vector<std::size_t> cuts = *rc::gen::container<std::vector<std::size_t>>(a_cut).as("cut after bytes");
  const bool every_byte = *rc::gen::weightedElement<bool>({{9, false}, {1, true}}).as("cut after every byte");
  if (every_byte) {
    cuts.resize(header.size());
    std::iota(cuts.begin(), cuts.end(), std::size_t(0));
  }
  const played whole = alone(held_by, who);
  const played split = held_by.play(plan_of({in_pieces(who, header, std::move(cuts))}), *a_seed().as("seed in pieces"));
  require_same("how the bytes of a header are cut must not matter", whole, 0, split, 0);
}

void the_pieces_of_stdin_change_nothing(subject& held_by) {
  plan::client who = *a_client("a", waits::never);
  if (who.stdin_from == plan::stdin_source::none) who.script.insert(who.script.begin(), "cat");
  who.stdin_from = plan::stdin_source::text;
  who.stdin_text = *some_text().as("stdin") + who.stdin_text;
  if (who.stdin_text.empty()) who.stdin_from = plan::stdin_source::empty;
  const std::size_t whole_bytes = who.stdin_text.size() + 1;
  plan::client other = who;
  other.stdin_chunk_bytes = *rc::gen::inRange<std::uint64_t>(1, whole_bytes + 1).as("bytes of a chunk");
  other.pace = *rc::gen::elementOf(std::vector{plan::stdin_pace::per_grant, plan::stdin_pace::streaming});
  who.stdin_chunk_bytes = whole_bytes;
  who.pace = plan::stdin_pace::per_grant;
  require_same("how stdin is cut must not matter", alone(held_by, who), 0, alone(held_by, other), 0);
}

namespace {

plan::client an_asker(const std::string& name) {
  plan::client who;
  who.name = name;
  who.script = {"args", "envall", "cwd"};
  for (const char* key : {"A", "B", "LANG", "NO", "PATH", "TZ"}) who.script.push_back(std::string("env ") + key);
  who.script.emplace_back("exit 0");
  // Never performed, for its script ends before them; but they are arguments, of any bytes. A few, each as long as any:
  // what rapidcheck makes is much more than what the simulator does with it.
  constexpr double of_many = 0.2;
  for (const std::string& text : *rc::gen::scale(of_many, rc::gen::container<std::vector<std::string>>(rc::gen::scale(1 / of_many, some_text())))) {
    if (text.find('\\') == std::string::npos) who.script.push_back("out " + text);
  }
  who.environment = *rc::gen::scale(of_many, an_environment());
  who.working_dir = "/" + *some_text();
  return who;
}

}  // namespace

void a_run_sees_exactly_what_was_sent(subject& held_by) {
  const std::vector<plan::client> clients{an_asker("a"), an_asker("b"), *a_neighbour("c")};
  const played seen = held_by.play(plan_of(clients), *a_seed().as("seed"));
  for (std::size_t i = 0; i < 2; ++i) {
    const plan::expected_output expected = plan::expected_of(clients[i]);
    const observation intended{.standard_output = expected.out.text, .exit_code = 0, .how = ended::exited};
    if (seen.clients[i] == intended) continue;
    fail_case(fmt::format("{} must see its own arguments, environment and directory: {}", clients[i].name, to_string(intended)), seen);
  }
}

namespace {

bool slips(const plan::client& who) {
  return !who.header || std::ranges::any_of(who.ops, [](const plan::op& step) { return step.kind == op_kind::send_chunk; });
}

}  // namespace

void received_is_a_prefix_of_produced(subject& held_by) {
  const std::vector<plan::client> clients{*a_neighbour("a"), *a_neighbour("b"), *a_neighbour("c")};
  const played seen = held_by.play(plan_of(clients), *a_seed().as("seed"));
  for (std::size_t i = 0; i < clients.size(); ++i) {
    const plan::expected_output produced = plan::expected_of(clients[i]);
    const observation& received = seen.clients[i];
    const bool out_is_prefix = !plan::first_difference(received.standard_output, produced.out);
    const bool err_is_prefix = slips(clients[i]) || !plan::first_difference(received.standard_error, produced.err);
    if (!out_is_prefix || !err_is_prefix) fail_case(clients[i].name + " must receive only what its run produced", seen);
    if (received.slips > 0) fail_case(clients[i].name + " must receive nothing after its exit", seen);
    if (!stays(clients[i])) continue;
    const bool whole = plan::is_whole(received.standard_output, produced.out) && plan::is_whole(received.standard_error, produced.err);
    const bool clean = received.exit_code.has_value() && received.exit_code == produced.exit_code;
    if (!whole || !clean) fail_case(clients[i].name + " ended by itself and must receive all of it, and its exit code", seen);
  }
}

void threads_are_received_as_they_wrote(subject& held_by) {
  const std::vector<plan::client> clients{*a_threaded_neighbour("a"), *a_threaded_neighbour("b"), *a_threaded_neighbour("c")};
  const played seen = held_by.play(plan_of(clients), *a_seed().as("seed"));
  const std::vector<observation> as_received = observe(seen.observed);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    if (!clients[i].blocking) continue;
    const followed out = follows(as_received[i].standard_output, produced_lines(clients[i], 1));
    const followed err = follows(as_received[i].standard_error, produced_lines(clients[i], 2));
    if (out == followed::not_at_all || err == followed::not_at_all) fail_case(clients[i].name + " must receive what its threads wrote, each one's in order", seen);
    if (as_received[i].slips > 0) fail_case(clients[i].name + " must receive nothing after its exit", seen);
    if (!stays(clients[i])) continue;
    const bool whole = out == followed::to_the_end && err == followed::to_the_end;
    const bool clean = as_received[i].exit_code.has_value() && as_received[i].exit_code == plan::expected_of(clients[i]).exit_code;
    if (!whole || !clean) fail_case(clients[i].name + " ended by itself and must receive all that was awaited, and its exit code", seen);
  }
}

namespace {

struct ends {
  std::size_t exits = 0;
  std::size_t hellos = 0;
  std::size_t terminals = 0;  // of its puppet
  bool left = false;          // closed or reset before an exit came
  bool daemon_closed = false;
};

ends ends_of(const history::history& observed, std::uint32_t actor) {
  ends found;
  for (const history::event& each : observed.events) {
    if (each.actor != actor) continue;
    switch (each.kind) {
      case event_kind::received_chunk: found.exits += each.type == 'X'; break;
      case event_kind::received_end: found.daemon_closed = true; break;
      case event_kind::closed:
      case event_kind::reset: found.left = found.left || (found.exits == 0 && !found.daemon_closed); break;
      case event_kind::run_hello: ++found.hellos; break;
      case event_kind::run_exit:
      case event_kind::run_lost: ++found.terminals; break;
      default: break;
    }
  }
  return found;
}

}  // namespace

void there_is_exactly_one_end(subject& held_by) {
  const std::vector<plan::client> clients{*a_neighbour("a"), *a_neighbour("b"), *a_neighbour("c")};
  const played seen = held_by.play(plan_of(clients), *a_seed().as("seed"));
  for (std::uint32_t actor = 0; actor < clients.size(); ++actor) {
    const ends found = ends_of(seen.observed, actor);
    const std::string& name = clients[actor].name;
    if (found.exits > 1) fail_case(name + " must not receive a second exit", seen);
    if (found.exits == 0 && !found.left) fail_case(name + " has not left and must receive an exit", seen);
    if (found.hellos != found.terminals) fail_case(name + "'s run must report one end", seen);
  }
}

}  // namespace nailbiter::laws
