#include "tests/laws/generators_support.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/plan_json.hpp"
#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::plan {

void showValue(const client& who, std::ostream& out) { out << to_json(laws::plan_of({who})); }

}  // namespace nailbiter::plan

namespace nailbiter::laws {

using plan::op_kind;
namespace gen = rc::gen;

namespace {

constexpr std::uint64_t flood_read_bytes = 64;

bool reads_stdin(const std::string& step) { return step == "cat" || step.starts_with("read "); }

rc::Gen<std::string> a_key() { return gen::elementOf(std::vector<std::string>{"A", "B", "LANG", "PATH", "TZ", "NO"}); }

rc::Gen<std::string> prefixed(const char* word, rc::Gen<std::string> operand) {
  return gen::map(std::move(operand), [word](const std::string& text) { return std::string(word) + text; });
}

rc::Gen<std::string> text_operand() {
  return gen::map(some_text(), [](const std::string& text) { return plan::escaped(text); });
}

rc::Gen<std::string> a_number(int below) {
  return gen::map(gen::inRange(0, below), [](int value) { return std::to_string(value); });
}

rc::Gen<std::string> a_setting() {
  return gen::map(gen::pair(a_key(), text_operand()), [](const std::pair<std::string, std::string>& one) {
    return "setenv " + one.first + ' ' + one.second;
  });
}

rc::Gen<std::string> a_step(waits how) {
  return gen::weightedOneOf<std::string>({
      {6, prefixed("out ", text_operand())},
      {3, prefixed("err ", text_operand())},
      {3, prefixed("stream 1 ", a_number(400))},
      {1, prefixed("stream 2 ", a_number(5000))},
      {1, gen::just(std::string("stream 1 70000"))},  // more than one chunk's worth
      {3, prefixed("env ", a_key())},
      {1, gen::elementOf(std::vector<std::string>{"args", "cwd", "envall", "umask 077", "umask", "locale C", "locale", "close 1", "close 0"})},
      {1, prefixed("chdir /", a_number(10))},
      {2, a_setting()},
      {2, gen::just(std::string("cat"))},
      {2, prefixed("read ", a_number(50))},
      {how == waits::at_tokens ? std::size_t(2) : std::size_t(0), gen::just(std::string("wait"))},
  });
}

rc::Gen<std::string> an_ending() {
  return gen::oneOf(gen::just(std::string()), prefixed("exit ", a_number(256)),
                    gen::elementOf(std::vector<std::string>{"exit -1", "exit 2147483647", "exit 70", "exit 75"}));
}

/// Names the tokens of its waits and gives the client the ops that release them.
void add_waits(plan::client& who) {
  std::uint64_t count = 0;
  for (std::string& step : who.script) {
    if (step != "wait") continue;
    const std::string token = "t" + std::to_string(count++);
    step += ' ' + token;
    who.ops.push_back({.kind = op_kind::until_at, .text = token});
    who.ops.push_back({.kind = op_kind::go, .text = token});
  }
}

struct stdin_shape {
  std::string text;
  std::uint64_t chunk_bytes;
  plan::stdin_pace pace;
};

rc::Gen<stdin_shape> a_stdin() {
  return gen::map(gen::tuple(some_text(), gen::inRange(0, 3), gen::inRange(1, 40), gen::arbitrary<bool>()),
                  [](const std::tuple<std::string, int, int, bool>& from) {
                    const auto& [text, doublings, chunk_bytes, streams] = from;
                    stdin_shape made{.text = text, .chunk_bytes = static_cast<std::uint64_t>(chunk_bytes), .pace = {}};
                    for (int i = 0; i < 2 * doublings; ++i) made.text += made.text;
                    made.pace = streams ? plan::stdin_pace::streaming : plan::stdin_pace::per_grant;
                    return made;
                  });
}

plan::client make_client(const std::string& name, std::vector<std::string> script, const std::string& ending,
                         std::vector<std::string> environment, int directory, const stdin_shape& input) {
  plan::client who;
  who.name = name;
  who.script = std::move(script);
  if (!ending.empty()) who.script.push_back(ending);
  if (who.script.empty()) who.script.push_back("out .");
  who.environment = std::move(environment);
  who.working_dir = "/" + std::string(static_cast<std::size_t>(directory), 'd');
  if (std::ranges::any_of(who.script, reads_stdin)) {
    who.stdin_from = input.text.empty() ? plan::stdin_source::empty : plan::stdin_source::text;
    who.stdin_text = input.text;
    who.stdin_chunk_bytes = input.chunk_bytes;
    who.pace = input.pace;
  }
  add_waits(who);
  return who;
}

void hang_and(plan::client& who, op_kind goes) {
  if (who.script.back().starts_with("exit")) who.script.pop_back();
  who.script.push_back("hang");
  who.ops = {{.kind = op_kind::until_started}, {.kind = goes}};
  who.expect.ends = plan::ending::cancelled;
}

plan::client departing(plan::client who, departure how, std::uint64_t point) {
  switch (how) {
    case departure::stays: break;
    case departure::half_closes_at_once: who.ops = {{.kind = op_kind::half_close}}; break;
    case departure::closes_at_once: who.ops = {{.kind = op_kind::close}}; break;
    case departure::resets_at_once: who.ops = {{.kind = op_kind::reset}}; break;
    case departure::closes_after_output:
      who.ops = {{.kind = op_kind::until_stdout, .number = point}, {.kind = op_kind::close}};
      break;
    case departure::half_closes_while_it_hangs: hang_and(who, op_kind::half_close); break;
    case departure::closes_while_it_hangs: hang_and(who, op_kind::close); break;
    case departure::sends_an_unknown_chunk: who.ops = {{.kind = op_kind::send_chunk, .text = "Zwhat"}}; break;
    case departure::sends_garbage_for_a_header:
      who.header = false;
      who.script.clear();
      who.stdin_from = plan::stdin_source::none;
      who.ops = {{.kind = op_kind::send, .text = std::string(1 + point, '\x7f')}, {.kind = op_kind::half_close}};
      break;
    case departure::leaves_a_flood_unread:
      who.script = {"flood"};
      who.read_bytes_per_step = flood_read_bytes;
      who.ops = {{.kind = op_kind::pause_reading}, {.kind = op_kind::until_blocked}, {.kind = op_kind::close}};
      who.expect.ends = plan::ending::cancelled;
      break;
  }
  return who;
}

}  // namespace

rc::Gen<std::string> some_text() {
  return gen::container<std::string>(gen::weightedOneOf<char>(
      {{8, gen::inRange('a', 'k')}, {2, gen::elementOf(std::string(" \n\\=%\"'"))}, {1, gen::inRange<char>('\x01', '\x7f')},
       {1, gen::elementOf(std::string("\x80\xc3\xff"))}}));
}

rc::Gen<std::vector<std::string>> an_environment() {
  const auto key = gen::weightedOneOf<std::string>({{8, a_key()}, {1, gen::just(std::string())}, {1, gen::just(std::string("\xc3 x"))}});
  return gen::container<std::vector<std::string>>(gen::map(gen::pair(key, some_text()), [](const std::pair<std::string, std::string>& one) {
    return one.first + '=' + one.second;
  }));
}

rc::Gen<std::uint64_t> a_seed() { return gen::inRange<std::uint64_t>(1, 1u << 30); }

rc::Gen<plan::client> a_client(std::string name, waits how) {
  const auto script = gen::scale(0.15, gen::container<std::vector<std::string>>(gen::scale(3.0, a_step(how))));
  return gen::map(gen::tuple(script, an_ending(), gen::scale(0.1, an_environment()), gen::inRange(0, 6), a_stdin()),
                  [name = std::move(name)](const auto& from) {
                    const auto& [steps, ending, environment, directory, input] = from;
                    return make_client(name, steps, ending, environment, directory, input);
                  });
}

rc::Gen<plan::client> a_client_that(std::string name, departure how) {
  const waits may_wait = how == departure::stays ? waits::at_tokens : waits::never;
  return gen::map(gen::pair(a_client(std::move(name), may_wait), gen::inRange<std::uint64_t>(0, 100)),
                  [how](const std::pair<plan::client, std::uint64_t>& from) { return departing(from.first, how, from.second); });
}

rc::Gen<plan::client> a_neighbour(std::string name) {
  const auto leaves = gen::mapcat(gen::inRange(1, static_cast<int>(departure::leaves_a_flood_unread) + 1),
                                  [name](int how) { return a_client_that(name, static_cast<departure>(how)); });
  return gen::weightedOneOf<plan::client>({{3, a_client(name)}, {2, leaves}});
}

bool stays(const plan::client& who) {
  return who.header && std::ranges::all_of(who.ops, [](const plan::op& step) {
    return step.kind == op_kind::until_at || step.kind == op_kind::go || step.kind == op_kind::until_exit;
  });
}

std::vector<std::string> header_chunks(const plan::client& who) {
  std::vector<std::string> chunks;
  const auto add = [&chunks](char type, const std::string& payload) {
    wire::append_chunk(chunks.emplace_back(), static_cast<std::uint8_t>(type), payload);
  };
  for (const std::string& step : who.script) add('A', step);
  for (const std::string& pair : who.environment) add('E', pair);
  add('E', "NAILBITER_RUN=" + who.name);
  if (!who.working_dir.empty()) add('D', who.working_dir);
  add('C', "puppet");
  return chunks;
}

plan::plan plan_of(std::vector<plan::client> clients, std::vector<std::string> daemon_args) {
  plan::plan what;
  what.case_id = "laws";
  what.transport = "sim";
  what.daemon_args = std::move(daemon_args);
  what.clients = std::move(clients);
  return what;
}

}  // namespace nailbiter::laws
