#include "harness/plan/script_model.hpp"

#include <algorithm>
#include <utility>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/script_words.hpp"

namespace nailbiter::plan {
namespace {

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
