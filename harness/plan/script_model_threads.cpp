// What only a puppet on a thread of its own can do: other threads, streams shared with them, logs, an exception.

#include <algorithm>
#include <array>
#include <utility>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/script_model.hpp"
#include "harness/plan/script_words.hpp"

namespace nailbiter::plan {
namespace {

constexpr std::array<std::string_view, 4> log_levels{"debug", "info", "warning", "error"};

/// Its place among them; their number: it is none.
std::size_t level_of(std::string_view word) {
  return static_cast<std::size_t>(std::ranges::find(log_levels, word) - log_levels.begin());
}

}  // namespace

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

}  // namespace nailbiter::plan
