#include <string>

#include "harness/check/families.hpp"
#include "harness/check/owner_marks.hpp"

namespace nailbiter::check {
namespace {

// Where the daemon may say what it likes, a short text of somebody's may be its own.
constexpr std::size_t free_mark_bytes_min = 16;

/// The chunk that carries byte `offset` of one stream.
event_index chunk_at(const context& given, const client_view& view, char type, std::size_t offset) {
  std::size_t passed = 0;
  for (const std::uint32_t at : view.chunks) {
    const history::event& what = given.event(at);
    if (what.type != type) continue;
    passed += what.text.size();
    if (passed > offset) return at;
  }
  return absent;
}

/// All of the stream, also what came after `X`.
std::string whole_stream(const context& given, const client_view& view, char type) {
  std::string all;
  for (const std::uint32_t at : view.chunks) {
    if (given.event(at).type == type) all += given.event(at).text;
  }
  return all;
}

/// Bytes that are what was expected are nobody else's; only others are searched.
bool is_suspect(const context& given, std::size_t index, std::size_t fd) {
  const client_view& view = given.seen.clients[index];
  const expected_stream& expected = given.intended.clients[index].streams[fd];
  const stream_comparison& stream = given.streams[index][fd];
  const bool has_late_bytes = view.exit < view.last_chunk;
  if (has_late_bytes || stream.differs()) return true;
  return stream.received_bytes > 0 && (!expected.constrained || expected.bytes.open);
}

verdict judge_stream(const context& given, std::size_t index, std::size_t fd) {
  const client_view& view = given.seen.clients[index];
  const expected_stream& expected = given.intended.clients[index].streams[fd];
  const char type = fd == 0 ? '1' : '2';
  const std::string bytes = whole_stream(given, view, type);
  const bool is_free = !expected.constrained || expected.bytes.open;
  auto found = foreign_stream_line(given.intended, index, static_cast<int>(fd) + 1, bytes);
  if (!found.is_found())
    found = foreign_text(given.intended, index, bytes, is_free ? free_mark_bytes_min : mark_bytes_min);
  if (!found.is_found()) return found_nothing(true);
  const auto detail = std::string(fd == 0 ? "stdout" : "stderr") + " of " + quoted(given.client(index)) +
                      " has at byte " + std::to_string(found.offset) + " " + found.what + " of \"" + found.owner + '"';
  return failed(reason::foreign_bytes, detail, {chunk_at(given, view, type, found.offset)});
}

/// One run said hello for another: it has that one's environment.
verdict judge_names(const context& given) {
  event_index twice = absent;
  bool nobody_is_missing = true;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = given.seen.clients[i];
    bool has_children = false;
    for (const std::string& op : given.client(i).script)
      has_children |= op.starts_with("spawn") || op.starts_with("orphan") || op.starts_with("thread") || op.starts_with("late");
    if (view.hellos > 1 && !has_children) twice = view.hello;
    if (view.hellos == 0 && view.exit != absent) nobody_is_missing &= given.client(i).script.empty();
  }
  if (twice == absent || nobody_is_missing) return found_nothing(true);
  const auto detail = "two runs call themselves " + quoted(given.client(given.event(twice).actor)) +
                      ", and another never said its name";
  return failed(reason::foreign_bytes, detail, {twice});
}

}  // namespace

verdict judge_isolation(const context& given) {
  bool looked = false;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    looked |= !given.seen.clients[i].chunks.empty();
    for (std::size_t fd = 0; fd < 2; ++fd) {
      if (!is_suspect(given, i, fd)) continue;
      verdict one = judge_stream(given, i, fd);
      if (one.result == outcome::fail) return one;
    }
  }
  if (given.client_count() < 2 || !looked) return found_nothing(looked);
  return judge_names(given);
}

}  // namespace nailbiter::check
