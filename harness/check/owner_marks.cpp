#include "harness/check/owner_marks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "harness/plan/c_escape.hpp"

namespace nailbiter::check {
namespace {

struct stream_line {
  std::string_view run;
  int fd = 0;
};

/// "NB <run> <fd> <digit>" at the beginning of `text`; run names hold no space.
std::optional<stream_line> stream_line_at(std::string_view text) {
  text.remove_prefix(3);
  const auto space = text.find(' ');
  if (space == 0 || space > plan::stream_line_bytes || space + 3 >= text.size()) return std::nullopt;
  const char fd = text[space + 1];
  const char offset = text[space + 3];
  if (fd < '0' || fd > '2' || text[space + 2] != ' ' || offset < '0' || offset > '9') return std::nullopt;
  return stream_line{text.substr(0, space), fd - '0'};
}

bool is_client(const plan::plan& what, std::string_view name) {
  return std::ranges::any_of(what.clients, [&](const plan::client& who) { return who.name == name; });
}

/// What the op makes its run write, or tells it: `log` and `setenv` have a word before it.
void add_mark(std::string_view op, std::vector<std::string>& marks) {
  static constexpr std::array<std::string_view, 7> with_text{"out ", "err ", "cout ", "cerr ", "throw ", "chdir ", "locale "};
  static constexpr std::array<std::string_view, 2> with_word{"log ", "setenv "};
  for (const std::string_view word : with_text) {
    if (!op.starts_with(word)) continue;
    if (auto text = plan::unescaped(op.substr(word.size()))) marks.push_back(std::move(*text));
  }
  for (const std::string_view word : with_word) {
    const auto space = op.find(' ', word.size());
    if (!op.starts_with(word) || space == op.npos) continue;
    if (auto text = plan::unescaped(op.substr(space + 1))) marks.push_back(std::move(*text));
  }
}

/// Texts that tell this client from others.
std::vector<std::string> marks_of(const plan::client& who) {
  std::vector<std::string> marks;
  for (const std::string& op : who.script) {
    add_mark(op, marks);
    if (op.starts_with("memo ")) marks.push_back(op.substr(5) + " of " + who.name);
  }
  for (const std::string& pair : who.environment)
    marks.push_back(pair.substr(std::min(pair.size(), pair.find('=') + 1)));
  marks.push_back(who.working_dir);
  marks.push_back(who.stdin_text.substr(0, plan::stream_line_bytes));
  if (who.expect.stdout_text) marks.push_back(*who.expect.stdout_text);
  if (who.expect.stderr_text) marks.push_back(*who.expect.stderr_text);
  return marks;
}

bool holds(std::string_view text, std::string_view mark) { return text.find(mark) != std::string_view::npos; }

/// Could this client's own run have written the mark?
bool is_own(const prepared_plan& intended, std::size_t own, std::string_view mark) {
  const plan::client& who = intended.what.clients[own];
  for (const expected_stream& stream : intended.clients[own].streams) {
    if (holds(stream.bytes.text, mark)) return true;
  }
  const auto has_mark = [&](const std::string& text) { return holds(text, mark); };
  return std::ranges::any_of(who.script, has_mark) || std::ranges::any_of(who.command, has_mark) ||
         std::ranges::any_of(who.environment, has_mark) || holds(who.working_dir, mark) ||
         holds(who.stdin_text, mark) || (who.expect.stderr_contains && holds(*who.expect.stderr_contains, mark));
}

}  // namespace

found_mark foreign_stream_line(const prepared_plan& intended, std::size_t own, int fd, std::string_view bytes) {
  const std::string& name = intended.what.clients[own].name;
  for (auto at = bytes.find("NB "); at != std::string_view::npos; at = bytes.find("NB ", at + 1)) {
    const auto line = stream_line_at(bytes.substr(at));
    if (!line) continue;
    const std::string_view run = line->run.substr(0, line->run.find('/'));  // without the thread of the run
    if (!is_client(intended.what, run)) continue;
    // What a run copies from its stdin names fd 0.
    const bool is_own_stream = run == name && (line->fd == fd || line->fd == 0);
    if (!is_own_stream) return {at, std::string(run), "a line of fd " + std::to_string(line->fd)};
  }
  return {};
}

found_mark foreign_text(const prepared_plan& intended, std::size_t own, std::string_view bytes, std::size_t bytes_min) {
  for (std::size_t other = 0; other < intended.what.clients.size(); ++other) {
    if (other == own) continue;
    for (const std::string& mark : marks_of(intended.what.clients[other])) {
      if (mark.size() < bytes_min) continue;
      const auto at = bytes.find(mark);
      if (at != std::string_view::npos && !is_own(intended, own, mark))
        return {at, intended.what.clients[other].name, '"' + plan::escaped(mark.substr(0, 40)) + '"'};
    }
  }
  return {};
}

}  // namespace nailbiter::check
