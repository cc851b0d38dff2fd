#include <string>

#include "harness/check/families.hpp"
#include "harness/wire/exit_payload.hpp"

namespace nailbiter::check {
namespace {

bool is_server_type(char type) noexcept { return type == '1' || type == '2' || type == 'S' || type == 'X'; }

std::string type_text(char type) {
  const auto byte = static_cast<unsigned char>(type);
  if (byte > ' ' && byte < 0x7f) return std::string("`") + type + '`';
  return "type byte " + std::to_string(byte);
}

verdict judge_after_exit(const context& given, const client_view& view, const plan::client& who, event_index at) {
  const history::event& what = given.event(at);
  const auto detail = quoted(who) + " received " + type_text(what.type) + " with " + std::to_string(what.text.size()) +
                      " bytes after its `X`";
  return failed(what.type == 'X' ? reason::two_exits : reason::chunk_after_exit, detail, {view.exit, at});
}

/// Empty: the chunk is well formed.
std::string defect_of(const history::event& what) {
  if (!is_server_type(what.type)) return "a daemon sends no " + type_text(what.type);
  if (what.type == 'S' && !what.text.empty()) return "`S` carries " + std::to_string(what.text.size()) + " bytes";
  if (what.type != 'X') return {};
  const auto code = wire::parse_exit(what.text);
  return code ? std::string() : std::string("`X`: ") + wire::describe(code.error());
}

}  // namespace

// `S` after `X` is judged by the family of stdin, which has the better word for it.
verdict judge_framing(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = given.seen.clients[i];
    const plan::client& who = given.client(i);
    for (const std::uint32_t at : view.chunks) {
      const history::event& what = given.event(at);
      looked = true;
      if (at > view.exit && what.type != 'S') return judge_after_exit(given, view, who, at);
      if (what.type == '1' || what.type == '2') continue;
      if (auto defect = defect_of(what); !defect.empty())
        return failed(reason::bad_framing, quoted(who) + ": " + defect, {at});
    }
    // A daemon that ended in the middle of a chunk has another fault.
    if (view.bad_bytes == absent || given.seen.daemon_ended != absent) continue;
    return failed(reason::bad_framing, quoted(who) + ": " + given.event(view.bad_bytes).text, {view.bad_bytes});
  }
  return found_nothing(looked);
}

}  // namespace nailbiter::check
