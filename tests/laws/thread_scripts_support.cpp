#include "tests/laws/thread_scripts_support.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/self_identifying.hpp"
#include "reference/puppet/script.hpp"
#include "tests/laws/generators_support.hpp"

namespace nailbiter::laws {

using plan::op_kind;
namespace gen = rc::gen;

namespace {

constexpr std::array levels{"debug", "info", "warning", "error"};
constexpr std::size_t default_level = 1;

enum class says : std::uint8_t { out, err, cout, cerr, stream_out, stream_err, log, thread };

/// One op before its writer has a name.
struct word {
  says how{};
  std::string text{};
  std::uint64_t lines = 0;
  std::size_t level = 0;
};

enum class turn : std::uint8_t { itself, helper, late, waits };

struct stretch {
  turn whose{};
  std::vector<word> words{};
};

rc::Gen<word> a_word(bool may_start_another) {
  const auto kind = gen::weightedElement<says>({{2, says::out},
                                                {2, says::err},
                                                {2, says::cout},
                                                {1, says::cerr},
                                                {2, says::stream_out},
                                                {1, says::stream_err},
                                                {4, says::log},
                                                {may_start_another ? 2u : 0u, says::thread}});
  const auto text = gen::scale(0.2, gen::container<std::string>(gen::inRange('a', 'k')));
  const auto lines = gen::weightedOneOf<std::uint64_t>({{6, gen::inRange<std::uint64_t>(0, 9)}, {1, gen::just<std::uint64_t>(1100)}});
  return gen::map(gen::tuple(kind, text, lines, gen::inRange<std::size_t>(0, levels.size())), [](const auto& from) {
    const auto& [how, letters, count, level] = from;
    return word{.how = how, .text = letters, .lines = count, .level = level};
  });
}

rc::Gen<stretch> a_stretch(waits how) {
  const auto whose = gen::weightedElement<turn>({{3, turn::itself},
                                                 {4, turn::helper},
                                                 {how == waits::at_tokens ? 1u : 0u, turn::late},
                                                 {how == waits::at_tokens ? 1u : 0u, turn::waits}});
  return gen::mapcat(whose, [](turn of) {
    const auto words = gen::scale(0.1, gen::container<std::vector<word>>(gen::scale(8.0, a_word(of != turn::itself))));
    return gen::map(words, [of](const std::vector<word>& said) { return stretch{of, said}; });
  });
}

/// The op as `writer` performs it. `helpers`: how many threads it has started.
std::string op_text(const word& said, const std::string& writer, unsigned& helpers) {
  const std::string line = writer + ':' + said.text;
  switch (said.how) {
    case says::out: return "out " + line + "\\n";
    case says::err: return "err " + line + "\\n";
    case says::cout: return "cout " + line + "\\n";
    case says::cerr: return "cerr " + line + "\\n";
    case says::stream_out: return "stream 1 " + std::to_string(said.lines * plan::stream_line_bytes);
    case says::stream_err: return "stream 2 " + std::to_string(said.lines * plan::stream_line_bytes);
    case says::log: return "log " + std::string(levels.at(said.level)) + ' ' + line;
    case says::thread: return "thread out " + writer + '/' + std::to_string(++helpers) + ':' + said.text + "\\n";
  }
  return {};
}

std::string helper_script(const std::vector<word>& words, const std::string& writer) {
  std::string script;
  unsigned helpers = 0;
  for (const word& each : words) script += (script.empty() ? "" : "; ") + op_text(each, writer, helpers);
  return script.empty() ? "out " + writer + ":\\n" : script;
}

plan::client make_client(const std::string& name, const std::vector<stretch>& stretches, std::size_t level, int code) {
  plan::client who;
  who.name = name;
  who.blocking = true;
  if (level != default_level) who.script.push_back(std::string("loglevel ") + levels.at(level));
  std::vector<plan::op> behind_exit;
  unsigned helpers = 0;
  unsigned tokens = 0;
  for (const stretch& each : stretches) {
    const std::string token = "t" + std::to_string(tokens);
    if (each.whose == turn::itself) {
      for (const word& said : each.words) who.script.push_back(op_text(said, "m", helpers));
    } else if (each.whose == turn::helper) {
      const std::string writer = "m/" + std::to_string(++helpers);
      who.script.push_back("thread " + helper_script(each.words, writer));
    } else {
      ++tokens;
      who.ops.push_back({.kind = op_kind::until_at, .text = token});
      const std::string writer = "m/" + std::to_string(helpers + 1);
      if (each.whose == turn::waits) {
        who.script.push_back("wait " + token);
        who.ops.push_back({.kind = op_kind::go, .text = token});
      } else {
        ++helpers;
        who.script.push_back("late " + token + ' ' + helper_script(each.words, writer));
        behind_exit.push_back({.kind = op_kind::go, .text = token});
      }
    }
  }
  if (!behind_exit.empty()) who.ops.push_back({.kind = op_kind::until_exit});
  who.ops.insert(who.ops.end(), behind_exit.begin(), behind_exit.end());
  who.script.push_back("exit " + std::to_string(code));
  return who;
}

rc::Gen<plan::client> a_client_with_threads(std::string name, waits how) {
  const auto stretches = gen::scale(0.1, gen::container<std::vector<stretch>>(gen::scale(10.0, a_stretch(how))));
  const auto level = gen::weightedElement<std::size_t>({{4, default_level}, {2, 0}, {2, 2}, {1, 3}});
  return gen::map(gen::tuple(stretches, level, gen::inRange(0, 256)),
                  [name = std::move(name)](const auto& from) {
                    const auto& [parts, least, code] = from;
                    return make_client(name, parts, least, code);
                  });
}

plan::client leaving(plan::client who, op_kind how, bool hangs, std::uint64_t point) {
  who.expect.ends = plan::ending::cancelled;
  if (hangs) {
    who.script.back() = "thread hang";
    who.script.emplace_back("hang");
    who.ops = {{.kind = op_kind::until_started}, {.kind = how}};
  } else {
    who.ops = {{.kind = op_kind::until_stdout, .number = point}, {.kind = how}};
  }
  return who;
}

/// Of one line, what it says before its text.
std::string_view writer_of(std::string_view line) {
  if (line.starts_with("NB ")) return line.substr(0, line.find(' ', line.find(' ', 3) + 1));
  if (line.starts_with('[')) line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
  return line.substr(0, line.find(':'));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// What one thread writes to `fd`; `run` names it in the bytes of a stream.
void add_lines(lines_by_writer& to, std::span<const std::string> script, const std::string& run, const std::string& writer, int fd,
               std::size_t level) {
  unsigned helpers = 0;
  for (const std::string& op : script) {
    const std::size_t space = op.find(' ');
    const std::string name = op.substr(0, space);
    const std::string rest = space == op.npos ? std::string() : op.substr(space + 1);
    std::vector<std::string>& mine = to[writer];
    if (name == "thread") {
      const std::string number = '/' + std::to_string(++helpers);
      add_lines(to, naild::puppet::split_script(rest), run + number, writer + number, fd, level);
    } else if (name == "late") {
      ++helpers;  // nothing of it comes before the exit
    } else if (name == (fd == 1 ? "out" : "err") || name == (fd == 1 ? "cout" : "cerr")) {
      mine.push_back(plan::unescaped(rest).value_or("?"));
    } else if (name == "stream" && rest.starts_with(std::to_string(fd) + ' ')) {
      const std::string bytes = plan::stream_bytes({.run = run, .fd = fd}, std::stoull(rest.substr(2)));
      for (const std::string_view line : lines_of(bytes)) mine.emplace_back(line);
    } else if (name == "log" && fd == 2) {
      const std::string of = rest.substr(0, rest.find(' '));
      const auto rank = static_cast<std::size_t>(std::ranges::find(levels, of) - levels.begin());
      if (rank >= level) mine.push_back('[' + of + "] " + rest.substr(of.size() + 1) + '\n');
    }
  }
}

}  // namespace

rc::Gen<plan::client> a_threaded_client(std::string name) { return a_client_with_threads(std::move(name), waits::at_tokens); }

rc::Gen<plan::client> a_threaded_neighbour(std::string name) {
  const auto how = gen::elementOf(std::vector{op_kind::half_close, op_kind::close, op_kind::reset});
  const auto leaves = gen::map(gen::tuple(a_client_with_threads(name, waits::never), how, gen::arbitrary<bool>(), gen::inRange<std::uint64_t>(0, 3000)),
                               [](const auto& from) {
                                 const auto& [who, goes, hangs, point] = from;
                                 return leaving(who, goes, hangs, point);
                               });
  return gen::weightedOneOf<plan::client>({{4, a_threaded_client(name)}, {2, leaves}, {1, a_neighbour(name)}});
}

std::string in_order_of_writers(std::string_view text) {
  std::map<std::string_view, std::string> by_writer;
  for (const std::string_view line : lines_of(text)) by_writer[writer_of(line)] += line;
  std::string all;
  for (const auto& [writer, lines] : by_writer) all += lines;
  return all;
}

lines_by_writer produced_lines(const plan::client& who, int fd) {
  lines_by_writer all;
  std::size_t level = default_level;
  const std::string& first = who.script.front();
  if (first.starts_with("loglevel ")) level = static_cast<std::size_t>(std::ranges::find(levels, first.substr(9)) - levels.begin());
  add_lines(all, who.script, who.name, "m", fd, level);
  return all;
}

followed follows(std::string_view received, const lines_by_writer& produced) {
  std::map<std::string, std::size_t> taken;
  std::size_t left = 0;
  for (const auto& [writer, lines] : produced) left += lines.size();
  for (const std::string_view line : lines_of(received)) {
    const bool whole = line.ends_with('\n');
    const auto fits = std::ranges::find_if(produced, [&](const auto& each) {
      const std::size_t next = taken[each.first];
      return next < each.second.size() && (whole ? each.second[next] == line : each.second[next].starts_with(line));
    });
    if (fits == produced.end()) return followed::not_at_all;
    if (!whole) return followed::as_a_prefix;  // the last one
    ++taken[fits->first];
    --left;
  }
  return left == 0 ? followed::to_the_end : followed::as_a_prefix;
}

}  // namespace nailbiter::laws
