// What the puppet's ops do to the run's streams and values.

#include <algorithm>
#include <utility>

#include "reference/puppet/control_message.hpp"
#include "reference/puppet/escape.hpp"
#include "reference/puppet/performer.hpp"
#include "reference/puppet/stream_text.hpp"

namespace naild::puppet {
namespace {

constexpr std::size_t piece_bytes = 64u << 10;  // of cat, read and stream
constexpr std::size_t flood_piece_bytes = 4096;

// The harness's own variables and those that the C client adds are not compared.
bool is_compared(base::byte_view name) noexcept {
  return !name.starts_with("NAILBITER_") && !name.starts_with("NAILGUN_");
}

std::pair<base::byte_view, base::byte_view> split_entry(base::byte_view entry) noexcept {
  const std::size_t equals = std::min(entry.find('='), entry.size());
  return {entry.substr(0, equals), entry.substr(std::min(equals + 1, entry.size()))};
}

}  // namespace

task::task<> performer::write(int fd, base::byte_view text) {
  if (!closed_[fd]) (void)co_await stage_.write(fd, text);
}

task::task<> performer::write_stream(int fd, std::uint64_t bytes) {
  stream_text text(stream_name(), fd);
  base::bytes piece;
  for (std::uint64_t offset = 0; offset < bytes && !closed_[fd] && !over();) {
    piece.clear();
    text.append(piece, offset, std::min<std::uint64_t>(piece_bytes, bytes - offset));
    offset += piece.size();
    const bool wanted = co_await stage_.write(fd, piece);
    if (!wanted) co_return;
  }
}

task::task<> performer::flood() {
  stream_text text(stream_name(), 1);
  base::bytes piece;
  bool reported = false;
  for (std::uint64_t offset = 0; !closed_[1] && !over(); offset += piece.size()) {
    piece.clear();
    text.append(piece, offset, flood_piece_bytes);
    if (!reported && stage_.would_wait(piece.size())) {
      reported = true;
      base::bytes report = blocked_line(run_);
      (void)co_await control_.report(std::move(report));
    }
    const bool wanted = co_await stage_.write(1, piece);
    if (!wanted) co_return;
  }
}

task::task<> performer::copy_stdin() {
  while (!closed_[0] && !over()) {
    const base::bytes piece = co_await stage_.read(piece_bytes);
    if (piece.empty()) co_return;
    co_await write(1, piece);
  }
}

task::task<> performer::skip_stdin(std::uint64_t bytes) {
  while (bytes > 0 && !closed_[0] && !over()) {
    const base::bytes piece = co_await stage_.read(std::min<std::uint64_t>(piece_bytes, bytes));
    if (piece.empty()) co_return;
    bytes -= piece.size();
  }
}

void performer::close(int fd) {
  closed_[fd] = true;
  if (fd == 0) stage_.close_stdin();
}

task::task<> performer::set_or_print(const op& run_value) {
  base::bytes& own = run_values_[run_value.text];
  if (!run_value.value.empty()) {
    own = run_value.value;
    co_return;
  }
  const base::bytes line = (own.empty() ? "<unset>" : own) + '\n';
  co_await write(1, line);
}

base::bytes performer::stream_name() const { return run_ + base::bytes(stage_.stream_suffix()); }

std::optional<base::byte_view> performer::value_of(base::byte_view name) const {
  const auto found = set_values_.find(name);
  if (found != set_values_.end()) return found->second;
  for (const base::bytes& entry : stage_.environment()) {
    const auto [key, value] = split_entry(entry);
    if (key == name) return value;
  }
  return std::nullopt;
}

base::bytes performer::all_values() const {
  std::map<base::byte_view, base::byte_view> sorted;
  for (const base::bytes& entry : stage_.environment()) {
    const auto [key, value] = split_entry(entry);
    sorted.insert_or_assign(key, value);
  }
  for (const auto& [key, value] : set_values_) sorted.insert_or_assign(key, value);
  base::bytes lines;
  for (const auto& [key, value] : sorted) {
    if (is_compared(key)) lines += escaped(key) + '=' + escaped(value) + '\n';
  }
  return lines;
}

base::bytes performer::answer_to(const op& question) {
  switch (question.kind) {
    case op_kind::env: return base::bytes(value_of(question.text).value_or("<unset>")) + '\n';
    case op_kind::envall: return all_values();
    case op_kind::args: return all_arguments();
    case op_kind::cwd: return working_dir_ + '\n';
    case op_kind::counter: return std::to_string(++counters_[question.text]) + '\n';
    case op_kind::option: return base::bytes(value_of("NAILBITER_OPTION_" + question.text).value_or("<unset>")) + '\n';
    case op_kind::memo: return question.text + " of " + run_ + '\n';
    default: return {};
  }
}

base::bytes performer::all_arguments() const {
  base::bytes lines;
  for (const base::bytes& each : stage_.arguments()) lines += escaped(each) + '\n';
  return lines;
}

}  // namespace naild::puppet
