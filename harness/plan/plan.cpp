#include "harness/plan/plan.hpp"

#include <algorithm>
#include <array>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/op_table.hpp"

namespace nailbiter::plan {
namespace {

constexpr std::array rows{
    op_row{op_kind::until_started, "until started", operand::none},
    op_row{op_kind::until_at, "until at", operand::word},
    op_row{op_kind::go, "go", operand::word},
    op_row{op_kind::order, "order", operand::word},
    op_row{op_kind::until_blocked, "until blocked", operand::none},
    op_row{op_kind::until_stdout, "until stdout", operand::number},
    op_row{op_kind::until_stdin_sent, "until stdin-sent", operand::number},
    op_row{op_kind::until_stdin_stuck, "until stdin-stuck", operand::none},
    op_row{op_kind::until_exit, "until exit", operand::none},
    op_row{op_kind::until_closed, "until closed", operand::none},
    op_row{op_kind::until_client, "until client", operand::word},
    op_row{op_kind::turn, "turn", operand::number},
    op_row{op_kind::send, "send", operand::bytes},
    op_row{op_kind::send_chunk, "send-chunk", operand::bytes},
    op_row{op_kind::heartbeat, "heartbeat", operand::none},
    op_row{op_kind::end_stdin, "end-stdin", operand::none},
    op_row{op_kind::half_close, "half-close", operand::none},
    op_row{op_kind::close, "close", operand::none},
    op_row{op_kind::reset, "reset", operand::none},
    op_row{op_kind::pause_reading, "pause-reading", operand::none},
    op_row{op_kind::resume_reading, "resume-reading", operand::none},
    op_row{op_kind::kill, "kill", operand::none},
    op_row{op_kind::stop, "stop", operand::none},
    op_row{op_kind::resume, "resume", operand::none},
    op_row{op_kind::stop_daemon, "stop-daemon", operand::number},
    op_row{op_kind::daemon_stops, "daemon-stops", operand::number},
    op_row{op_kind::stand_still, "stand-still", operand::number},
};

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].kind) != i) return false;
  }
  return static_cast<std::size_t>(op_kind::stand_still) + 1 == rows.size();
}
static_assert(rows_are_in_order());

const op_row& row_of(op_kind kind) noexcept { return rows.at(static_cast<std::size_t>(kind)); }

}  // namespace

std::span<const op_row> op_table() noexcept { return rows; }

const op* daemon_stop_of(const plan& what) noexcept {
  for (const client& who : what.clients) {
    const auto found = std::ranges::find_if(who.ops, [](const op& each) { return stops_daemon(name_of(each.kind)); });
    if (found != who.ops.end()) return &*found;
  }
  return nullptr;
}

bool stands_still(const plan& what) noexcept {
  return std::ranges::any_of(what.clients, [](const client& who) {
    return std::ranges::any_of(who.ops, [](const op& each) { return each.kind == op_kind::stand_still; });
  });
}

bool stops_daemon(std::string_view op) noexcept {
  const std::string_view word = op.substr(0, op.find(' '));
  return word == name_of(op_kind::stop_daemon) || word == name_of(op_kind::daemon_stops);
}

const char* name_of(op_kind kind) noexcept { return row_of(kind).words.data(); }

std::string to_string(const op& what) {
  const op_row& row = row_of(what.kind);
  std::string text(row.words);
  switch (row.takes) {
    case operand::none:
      return text;
    case operand::word:
      return text + ' ' + what.text;
    case operand::number:
      return text + ' ' + std::to_string(what.number);
    case operand::bytes:
      break;
  }
  if (what.kind == op_kind::send) return text + ' ' + escaped(what.text);
  text += ' ' + escaped(what.text.substr(0, 1));
  return what.text.size() > 1 ? text + ' ' + escaped(what.text.substr(1)) : text;
}

}  // namespace nailbiter::plan
