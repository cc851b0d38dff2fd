#include <string>
#include <vector>

#include "harness/check/families.hpp"
#include "harness/plan/c_escape.hpp"
#include "harness/wire/exit_payload.hpp"

namespace nailbiter::check {
namespace {

using plan::ending;

/// The run's own report of its code, where there is one and only one run that can have made it.
std::optional<std::int32_t> reported_code(const context& given, const client_view& view) {
  if (view.run_exit == absent || view.hellos != 1) return std::nullopt;
  return static_cast<std::int32_t>(given.event(view.run_exit).number);
}

/// A child ends by the signal that cancelled it: SIGINT, SIGKILL, SIGTERM.
bool is_death_by_cancel(std::int32_t code) noexcept { return code == -2 || code == -9 || code == -15; }

bool is_right(const context& given, std::size_t index, std::int32_t code) {
  const client_view& view = given.seen.clients[index];
  const plan::client& who = given.client(index);
  const auto own = given.intended.clients[index].exit_code;
  const auto reported = reported_code(given, view);
  switch (who.expect.ends) {
    case ending::exits:
      if (own) return code == *own;
      return !reported || code == *reported;
    case ending::cancelled:
      if (code == -1 || code == own || code == reported) return true;
      return !who.expect.exit_code && (is_death_by_cancel(code) || view.provoked != absent);
    case ending::refused:
      return who.expect.exit_code ? code == *who.expect.exit_code : code != 0;
    case ending::no_answer:
    case ending::served_or_refused:  // settled before anything is judged
    case ending::turned_away:
      return true;
  }
  return true;
}

std::string expected_text(const context& given, std::size_t index) {
  const auto own = given.intended.clients[index].exit_code;
  if (given.client(index).expect.ends == ending::cancelled) return own ? "-1 or " + std::to_string(*own) : "-1";
  if (own) return std::to_string(*own);
  const auto reported = reported_code(given, given.seen.clients[index]);
  return reported ? std::to_string(*reported) : "another";
}

/// ", the code of \"b\"", if the code is that of one other client and of nobody else; codes that anybody may have say nothing.
std::string owner_of(const context& given, std::size_t index, std::int32_t code) {
  if (code >= -1 && code <= 1) return {};
  const plan::client* owner = nullptr;
  for (std::size_t other = 0; other < given.client_count(); ++other) {
    if (other == index || given.intended.clients[other].exit_code != code) continue;
    if (owner != nullptr) return {};
    owner = &given.client(other);
  }
  return owner == nullptr ? std::string() : ", the code of " + quoted(*owner);
}

verdict judge_code(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  const plan::client& who = given.client(index);
  const auto code = wire::parse_exit(given.event(view.exit).text);
  if (!code) return found_nothing(false);  // a fault of framing
  if (!is_right(given, index, *code)) {
    return failed(reason::wrong_exit_code,
                  quoted(who) + ": `X` " + std::to_string(*code) + owner_of(given, index, *code) + ", expected " + expected_text(given, index),
                  {view.exit});
  }
  const bool says_why = given.streams[index][1].received_bytes > 0;
  if (who.expect.ends == ending::refused && !says_why) {
    return failed(reason::error_without_reason,
                  quoted(who) + ": `X` " + std::to_string(*code) + " with nothing on stderr", {view.exit});
  }
  const auto& text = who.expect.stderr_contains;
  const std::string told = text ? received_bytes(given.observed, view, '2') : std::string();
  if (text && told.find(*text) == std::string::npos) {
    constexpr std::size_t shown_bytes_max = 80;
    return failed(reason::error_without_reason,
                  quoted(who) + ": its stderr, \"" + plan::escaped(told.substr(0, shown_bytes_max)) + "\", does not hold \"" + *text + '"', {view.exit});
  }
  return found_nothing(true);
}

/// The daemon ended the conversation without the `X` that it owed.
verdict judge_lost(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  if (view.ended == absent || view.bad_bytes != absent || !given.is_owed_exit(index) ||
      given.seen.daemon_ended != absent)
    return found_nothing(false);
  std::vector<event_index> witness{view.header != absent ? view.header : view.connected};
  std::uint64_t bytes = 0;
  for (const std::uint32_t at : view.chunks) {
    if (at < view.ended) bytes += given.event(at).text.size();
  }
  const auto came = view.last_chunk == absent ? std::string("nothing had come")
                                              : std::to_string(bytes) + " bytes had come, the last chunk is shown";
  if (view.last_chunk != absent) witness.push_back(view.last_chunk);
  witness.push_back(view.ended);
  return failed(reason::exit_code_lost, quoted(given.client(index)) + ": the connection ended without an `X`; " + came, std::move(witness));
}

}  // namespace

verdict judge_exit(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    verdict one = given.seen.clients[i].exit != absent ? judge_code(given, i) : judge_lost(given, i);
    if (one.result == outcome::fail) return one;
    looked |= one.result == outcome::pass;
  }
  return found_nothing(looked);
}

}  // namespace nailbiter::check
