#include "harness/scenario/dialect_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "harness/plan/expected_output.hpp"
#include "harness/scenario/serial_rules.hpp"

namespace nailbiter::scenario {
namespace {

using plan::ending;
using plan::op_kind;

constexpr std::int32_t naild_unknown_command = 127;
constexpr std::int32_t naild_header_error = 1;
constexpr std::string_view silent_unknown_command = "898";  // answered without a word on stderr

/// Why a client cannot be played; unset: it can.
using objection = std::optional<std::string>;

std::string not_promised(std::string_view what, std::string_view axis, const dialect& speaks) {
  return "the dialect does not " + std::string(what) + " (" + std::string(axis) + " = " + speaks.find(axis)->second + ')';
}

bool says(const dialect& speaks, std::string_view axis, std::string_view value) { return speaks.find(axis)->second == value; }

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const std::size_t more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : bytes.size();
    if (at + more >= bytes.size()) return false;
    for (std::size_t i = 1; i <= more; ++i) {
      if ((static_cast<unsigned char>(bytes[at + i]) & 0xc0) != 0x80) return false;
    }
    at += more + 1;
  }
  return true;
}

/// An act that cancels in naild's dialect, and the axis that says what it does in another.
struct act {
  op_kind kind;
  std::string_view axis;
  std::string_view text;
};

constexpr std::array acts{
    act{op_kind::half_close, "half_close", "cancel a run at its client's half-close"},
    act{op_kind::close, "peer_gone", "cancel a run whose client has gone"},
    act{op_kind::reset, "peer_gone", "cancel a run whose client has gone"},
    act{op_kind::kill, "peer_gone", "cancel a run whose client has gone"},
    act{op_kind::stop, "silent_client", "cut a silent client"},
    act{op_kind::send_chunk, "protocol_error", "end a run for its client's slip"},
    act{op_kind::send, "protocol_error", "end a run for its client's slip"},
};

bool does_nothing(const dialect& speaks, std::string_view axis) {
  const std::string& value = speaks.find(axis)->second;
  return value == "runs-on" || value == "eof" || value == "off";
}

bool is_heartbeat(const plan::op& step) { return step.kind == op_kind::send_chunk && step.text.starts_with('H'); }

/// None of the client's acts ends its run in this dialect: the first of them, for the reason.
const act* first_vain_act(const plan::client& who, const dialect& speaks) {
  const act* first = nullptr;
  for (const plan::op& step : who.ops) {
    const auto found = std::ranges::find(acts, step.kind, &act::kind);
    if (found == acts.end() || is_heartbeat(step)) continue;
    if (!does_nothing(speaks, found->axis)) return nullptr;
    if (first == nullptr) first = &*found;
  }
  return first;
}

/// The script comes to its end whatever becomes of the client: no token in it is kept from it.
bool ends_by_itself(const plan::client& who) {
  const bool waits_in_vain = std::ranges::any_of(who.script, [&who](const std::string& step) {
    constexpr std::string_view word = "wait ";
    if (!step.starts_with(word)) return false;
    const auto token = std::string_view(step).substr(word.size());
    return std::ranges::none_of(who.ops, [token](const plan::op& one) { return one.kind == op_kind::go && one.text == token; });
  });
  return !waits_in_vain && plan::expected_of(who).exit_code.has_value();
}

/// Where a half-close is the end of stdin, a run that reads to its end is over then, and by itself.
bool ends_at_end_of_stdin(plan::client& who) {
  if (who.stdin_from != plan::stdin_source::none) return false;
  plan::client fed = who;
  fed.stdin_from = plan::stdin_source::empty;
  if (!ends_by_itself(fed)) return false;
  const plan::expected_output whole = plan::expected_of(fed);
  if (whole.out.open || whole.err.open) return false;
  who.expect = {.exit_code = whole.exit_code, .stdout_text = whole.out.text, .stderr_text = whole.err.text, .within_ms = who.expect.within_ms};
  return true;
}

objection fit_cancelled(plan::client& who, const dialect& speaks) {
  if (ends_by_itself(who)) return std::nullopt;
  const act* const vain = first_vain_act(who, speaks);
  if (vain == nullptr) return std::nullopt;
  const bool only_half_closes = std::ranges::none_of(who.ops, [](const plan::op& step) {
    return step.kind != op_kind::half_close && std::ranges::find(acts, step.kind, &act::kind) != acts.end();
  });
  if (only_half_closes && says(speaks, "half_close", "eof") && ends_at_end_of_stdin(who)) return std::nullopt;
  return not_promised(vain->text, vain->axis, speaks);
}

std::int32_t code_of(const dialect& speaks, std::string_view axis) {
  const std::string& text = speaks.find(axis)->second;
  std::int32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// A command that nobody knows has another exit code, its reason need not name it, and one dialect gives no reason.
void fit_unknown_command(plan::client& who, const dialect& speaks) {
  const std::string& code = speaks.find("unknown_command")->second;
  who.expect.exit_code = code_of(speaks, "unknown_command");
  if (says(speaks, "unknown_command_text", "any")) who.expect.stderr_contains.reset();
  if (code != silent_unknown_command) return;
  who.expect.ends = ending::exits;
  who.expect.stderr_contains.reset();
}

bool sends_stdin(const plan::op& step) {
  return step.kind == op_kind::end_stdin || (step.kind == op_kind::send_chunk && (step.text.starts_with('0') || step.text.starts_with('.')));
}

objection fit_refused_peer(plan::client& who, const dialect& speaks) {
  if (std::ranges::any_of(who.ops, sends_stdin) && says(speaks, "stdin_before_command", "dropped")) {
    return not_promised("refuse stdin before the command", "stdin_before_command", speaks);
  }
  const bool names_a_command = who.expect.exit_code == naild_unknown_command;
  if (names_a_command) fit_unknown_command(who, speaks);
  if (who.expect.exit_code == naild_header_error) who.expect.exit_code = code_of(speaks, "header_error");
  return std::nullopt;
}

/// A header with one fault, for which naild refuses the command.
objection fit_refused_header(plan::client& who, const dialect& speaks) {
  const auto is_faulty = [&](std::string_view axis, std::string_view tolerant, auto fault) {
    return says(speaks, axis, tolerant) && std::ranges::any_of(who.environment, fault);
  };
  const auto lacks_equals = [](const std::string& entry) { return entry.find('=') == entry.npos; };
  const auto holds_nul = [](const std::string& entry) { return entry.find('\0') != entry.npos; };
  const bool tolerated = (who.working_dir.empty() && says(speaks, "missing_directory", "tolerated")) ||
                         is_faulty("environment_without_equals", "ignored", lacks_equals) || is_faulty("nul", "kept", holds_nul);
  if (tolerated) {
    who.expect = plan::expectation{.within_ms = who.expect.within_ms};
  } else if (const act* vain = first_vain_act(who, speaks)) {
    return not_promised(vain->text, vain->axis, speaks);
  } else if (who.expect.exit_code == naild_unknown_command && !who.command.empty() && who.command.front() != "{program}") {
    fit_unknown_command(who, speaks);
  }
  return std::nullopt;
}

/// A script that runs as a process cannot end with more than a byte says. (One that dies by a signal says no code.)
bool says_more_than_a_byte(const plan::client& who) {
  const auto code = plan::expected_of(who).exit_code;
  return code && (*code < 0 || *code > 255);
}

objection fit(plan::client& who, const dialect& speaks) {
  // Where `S` comes once, it asks for all that there is: a client that awaited another would do so for ever.
  if (who.stdin_from == plan::stdin_source::text && says(speaks, "stdin_grant", "once")) who.pace = plan::stdin_pace::streaming;
  const bool streams = who.stdin_from == plan::stdin_source::flood ||
                       (who.stdin_from == plan::stdin_source::text && who.pace == plan::stdin_pace::streaming);
  if (streams && says(speaks, "stdin_streaming", "cut")) {
    return not_promised("take more than one chunk of stdin for each `S`", "stdin_streaming", speaks);
  }
  if (says(speaks, "exit_codes", "byte") && says_more_than_a_byte(who)) {
    return not_promised("carry an exit code outside 0 to 255", "exit_codes", speaks);
  }
  if (!says(speaks, "not_utf8", "kept")) std::erase_if(who.environment, [](const std::string& entry) { return !is_utf8(entry); });
  if (who.expect.ends == ending::cancelled) return fit_cancelled(who, speaks);
  if (who.expect.ends != ending::refused) return std::nullopt;
  return who.header ? fit_refused_header(who, speaks) : fit_refused_peer(who, speaks);
}

}  // namespace

std::string differs(const dialect& needed, const dialect& speaks) {
  for (const auto& [axis, value] : needed) {
    if (!says(speaks, axis, value)) return "the dialect has " + axis + " = " + speaks.find(axis)->second + ", the case needs " + value;
  }
  return {};
}

tl::expected<plan::plan, std::string> in_dialect(plan::plan what, const dialect& speaks) {
  if (speaks == naild_dialect()) return what;
  for (plan::client& who : what.clients) {
    if (objection why = fit(who, speaks)) return tl::unexpected(std::move(*why));
  }
  if (says(speaks, "runs", "in-turn")) return in_turn(std::move(what));
  return what;
}

}  // namespace nailbiter::scenario
