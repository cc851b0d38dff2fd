#include "harness/plan/script_model.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "harness/plan/c_escape.hpp"

namespace nailbiter::plan {
namespace {

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::pair<std::string_view, std::string_view> split_word(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

constexpr std::array<std::string_view, 4> log_levels{"debug", "info", "warning", "error"};

/// Its place among them; their number: it is none.
std::size_t level_of(std::string_view word) {
  return static_cast<std::size_t>(std::ranges::find(log_levels, word) - log_levels.begin());
}

// The harness's own variables and those that the C client adds are no part of what is compared.
bool is_compared(std::string_view name) { return !name.starts_with("NAILBITER_") && !name.starts_with("NAILGUN_"); }

}  // namespace

script_model::script_model(const client& who) : who_(who), directory_(who.working_dir) {
  for (const std::string& entry : who.environment) {
    const std::size_t equals = entry.find('=');
    if (equals != std::string::npos) environment_[entry.substr(0, equals)] = entry.substr(equals + 1);
  }
}

bool script_model::run(std::string_view step) {
  const auto [word, operands] = split_word(step);
  state_ = play(word, operands);
  return state_ == going::on;
}

expected_output script_model::take() {
  if (state_ == going::on) result_.exit_code = 0;
  if (state_ == going::untold) {
    result_.out.open = true;
    result_.err.open = true;
  }
  return std::move(result_);
}

script_model::going script_model::play(std::string_view word, std::string_view operands) {
  if (word == "out") return write_text(1, operands);
  if (word == "err") return write_text(2, operands);
  if (word == "stream") return write_stream(operands);
  if (word == "cat") return copy_stdin();
  if (word == "read") return read_stdin(operands);
  if (word == "env") return write_variable(std::string(operands));
  if (word == "envall") return write_environment();
  if (word == "cwd") return write(1, directory_ + '\n');
  if (word == "args") return write_arguments();
  if (word == "exit") return end(operands);
  if (word == "hang") return going::stuck;
  if (word == "flood") return write_endless({.run = who_.name, .fd = 1}, 0);
  if (word == "wait" || word == "barrier" || word == "deaf") return going::on;
  if (const auto how = play_on_thread(word, operands)) return *how;
  return play_on_values(word, operands);
}

// The ops of a puppet on a thread of its own.
std::optional<script_model::going> script_model::play_on_thread(std::string_view word, std::string_view operands) {
  if (word == "cout") return write_text(1, operands);
  if (word == "cerr") return write_text(2, operands);
  if (word == "cin") return copy_stdin();
  if (word == "thread") return start_thread(operands);
  if (word == "log") return write_log(operands);
  if (word == "loglevel") return set_log_level(operands);
  if (word == "logfile" || word == "logged") return switch_log(word);
  if (word == "throw") return fault(operands);
  if (word == "late") {
    ++threads_;  // nothing of it comes before the exit
    return going::on;
  }
  if (word == "exclusive" || word == "release") return going::on;
  return std::nullopt;
}

script_model::going script_model::play_on_values(std::string_view word, std::string_view operands) {
  if (word == "setenv") return set_variable(operands);
  if (word == "chdir") {
    directory_ = operands;
    return going::on;
  }
  if (word == "close") {
    if (const auto fd = number_in<int>(operands)) closed_.insert(*fd);
    return going::on;
  }
  if (word == "counter") return write(1, std::to_string(++counters_[std::string(operands)]) + '\n');
  if (word == "option") return write_variable("NAILBITER_OPTION_" + std::string(operands));
  if (word == "memo") return write(1, std::string(operands) + " of " + who_.name + '\n');
  if (word == "trap") return set_trap(operands);
  if (word == "setsid" || word == "spin" || word == "orphan") return going::on;
  if (word == "crash") return going::stuck;
  if (word == "umask" || word == "locale") return set_or_write_value(word, operands);
  return going::untold;
}

script_model::going script_model::write(int fd, std::string_view bytes) {
  if (closed_.contains(fd)) return going::on;
  produced& stream = fd == 2 ? result_.err : result_.out;
  if (stream.shares.empty()) {
    stream.text += bytes;
  } else {
    stream.open = true;  // somewhere between what its threads write
  }
  return going::on;
}

script_model::going script_model::write_text(int fd, std::string_view escaped_text) {
  const auto bytes = unescaped(escaped_text);
  return bytes ? write(fd, *bytes) : going::untold;
}

script_model::going script_model::write_stream(std::string_view operands) {
  const auto [fd_text, count_text] = split_word(operands);
  const auto fd = number_in<int>(fd_text);
  const auto count = number_in<std::uint64_t>(count_text);
  if (!fd || !count || (*fd != 1 && *fd != 2)) return going::untold;
  if (closed_.contains(*fd)) return going::on;
  produced& stream = *fd == 2 ? result_.err : result_.out;
  if (stream.shares.empty()) {
    append_stream(stream.text, {.run = who_.name, .fd = *fd}, 0, *count);
  } else {
    share(stream, {.run = who_.name, .fd = *fd}, *count);
  }
  return going::on;
}

void script_model::share(produced& stream, stream_id id, std::uint64_t bytes) {
  const bool twice = std::ranges::any_of(stream.shares, [&](const stream_share& each) { return each.id == id; });
  if (twice || bytes % stream_line_bytes != 0) stream.open = true;
  stream.shares.push_back({std::move(id), bytes});
}

void script_model::leave_open(produced& stream, const std::string& name) {
  stream.open = true;
  stream.shares.push_back({{.run = name}, 0});  // what the run itself writes from now on may come before or after
}

// Told are streams of whole lines; where a thread writes anything else, or may not reach it, its output is open.
script_model::going script_model::start_thread(std::string_view script) {
  const std::string name = who_.name + '/' + std::to_string(++threads_);
  while (!script.empty()) {
    std::string_view op = script.substr(0, script.find(';'));
    script.remove_prefix(std::min(op.size() + 1, script.size()));
    op.remove_prefix(std::min(op.find_first_not_of(' '), op.size()));
    const auto [word, operands] = split_word(op);
    const auto [fd, count] = split_word(operands);
    const auto bytes = number_in<std::uint64_t>(count.substr(0, count.find(' ')));
    if (word == "stream" && bytes && (fd == "1" || fd == "2")) {
      share(fd == "2" ? result_.err : result_.out, {.run = name, .fd = fd == "2" ? 2 : 1}, *bytes);
    } else if (word == "out" || word == "cout") {
      leave_open(result_.out, name);
    } else if (word == "err" || word == "cerr") {
      leave_open(result_.err, name);
    } else if (word != "wait" && word != "barrier") {
      leave_open(result_.out, name);
      leave_open(result_.err, name);
    }
  }
  return going::on;
}

script_model::going script_model::write_log(std::string_view operands) {
  const auto [level, text] = split_word(operands);
  const auto bytes = unescaped(text);
  if (!bytes || level_of(level) == log_levels.size()) return going::untold;
  if (level_of(level) < log_level_) return going::on;
  const std::string line = '[' + std::string(level) + "] " + *bytes + '\n';
  if (!log_file_) return write(2, line);
  *log_file_ += line;
  return going::on;
}

script_model::going script_model::switch_log(std::string_view word) {
  if (word == "logfile") {
    if (!log_file_) log_file_.emplace();
    return going::on;
  }
  const std::string text = log_file_.value_or("");
  log_file_.reset();
  return write(1, text);
}

script_model::going script_model::set_log_level(std::string_view operands) {
  log_level_ = level_of(operands);
  return log_level_ == log_levels.size() ? going::untold : going::on;
}

// An exception leaves the nail: the daemon says so, in words of its own.
script_model::going script_model::fault(std::string_view escaped_text) {
  constexpr std::int32_t fault_code = 70;
  if (!unescaped(escaped_text)) return going::untold;
  result_.err.open = true;
  result_.exit_code = fault_code;
  return going::ended;
}

script_model::going script_model::write_environment() {
  for (const auto& [name, value] : environment_) {
    if (is_compared(name)) write(1, escaped(name + '=' + value) + '\n');
  }
  return going::on;
}

script_model::going script_model::write_arguments() {
  for (const std::string& argument : who_.script) write(1, escaped(argument) + '\n');
  return going::on;
}

script_model::going script_model::write_variable(const std::string& name) {
  const auto found = environment_.find(name);
  return write(1, (found == environment_.end() ? "<unset>" : found->second) + '\n');
}

script_model::going script_model::write_endless(stream_id id, std::uint64_t offset) {
  if (closed_.contains(1)) return going::stuck;
  result_.out.endless = std::move(id);
  result_.out.endless_offset = offset;
  return going::stuck;
}

script_model::going script_model::copy_stdin() {
  if (closed_.contains(0)) return going::on;
  switch (who_.stdin_from) {
    case stdin_source::none:
      return going::stuck;
    case stdin_source::empty:
      return going::on;
    case stdin_source::flood:
      return write_endless({.run = who_.name, .fd = 0}, stdin_used_);
    case stdin_source::text:
      break;
  }
  const std::string_view rest =
      std::string_view(who_.stdin_text).substr(std::min<std::uint64_t>(stdin_used_, who_.stdin_text.size()));
  stdin_used_ += rest.size();
  return write(1, rest);
}

script_model::going script_model::read_stdin(std::string_view operands) {
  const auto count = number_in<std::uint64_t>(operands);
  if (!count) return going::untold;
  if (closed_.contains(0)) return going::on;
  if (who_.stdin_from == stdin_source::none && *count > 0) return going::stuck;
  stdin_used_ += *count;
  return going::on;
}

script_model::going script_model::set_variable(std::string_view operands) {
  const auto [name, value] = split_word(operands);
  environment_[std::string(name)] = std::string(value);
  return going::on;
}

script_model::going script_model::set_or_write_value(std::string_view name, std::string_view value) {
  std::string& own = run_values_[std::string(name)];
  if (value.empty()) return write(1, (own.empty() ? "<unset>" : own) + '\n');
  own = value;
  return going::on;
}

// Nobody can tell on paper when the signal comes: from here on its script may write.
script_model::going script_model::set_trap(std::string_view operands) {
  const bool writes = !split_word(operands).second.empty();
  result_.out.open |= writes;
  result_.err.open |= writes;
  return going::on;
}

script_model::going script_model::end(std::string_view operands) {
  const auto code = number_in<std::int32_t>(operands);
  if (!code) return going::untold;
  result_.exit_code = *code;
  return going::ended;
}

}  // namespace nailbiter::plan
