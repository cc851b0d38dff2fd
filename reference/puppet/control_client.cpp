#include "reference/puppet/control_client.hpp"

#include <array>
#include <utility>

#include "reference/puppet/control_message.hpp"

namespace naild::puppet {

task::task<bool> control_client::connect(const port::address& where, port::connector& network) {
  const auto attempt = network.prepare(where);
  auto connected = co_await attempt->connect();
  if (!connected) co_return false;
  stream_ = std::move(*connected);
  stream_->set_labels(task::label_of(session_, task::step_kind::read, task::session_part::control),
                      task::label_of(session_, task::step_kind::write, task::session_part::control),
                      task::label_of(session_, task::step_kind::wake, task::session_part::control));
  co_return true;
}

task::task<> control_client::read_orders() {
  std::array<char, 1024> buffer;
  while (!closed_ && !dropped_) {
    const auto got = co_await stream_->read_some(std::span<char>(buffer));
    if (!got) break;
    received_.append(buffer.data(), *got);
    if (!take_lines()) break;
    listener_.control_changed();
  }
  drop();
}

task::task<bool> control_client::report(base::bytes line) {
  if (!connected()) co_return true;
  for (base::byte_view rest = line; !rest.empty();) {
    if (closed_ || dropped_) co_return false;
    const auto sent = co_await stream_->write_some(rest);
    if (!sent) {
      drop();
      co_return false;
    }
    rest.remove_prefix(*sent);
  }
  co_return true;
}

void control_client::close() {
  closed_ = true;
  if (connected()) stream_->close();
}

void control_client::drop() {
  if (closed_ || std::exchange(dropped_, true)) return;
  listener_.control_changed();
}

bool control_client::take_lines() {
  std::size_t begin = 0;
  for (std::size_t end; (end = received_.find('\n', begin)) != base::bytes::npos; begin = end + 1) {
    if (!obey(base::byte_view(received_).substr(begin, end - begin))) return false;
  }
  received_.erase(0, begin);
  return received_.size() <= control_line_bytes_max;
}

bool control_client::obey(base::byte_view line) {
  auto parsed = parse_order(line);
  if (!parsed) return false;
  if (auto* token = std::get_if<go>(&*parsed)) released_.insert(std::move(token->token));
  if (auto* script_op = std::get_if<perform>(&*parsed)) ops_.push_back(std::move(script_op->script_op));
  if (const auto* asked = std::get_if<leave>(&*parsed)) exit_code_ = asked->code;
  return released_.size() <= orders_max && ops_.size() <= orders_max;
}

bool control_client::take_go(base::byte_view token) {
  const auto found = released_.find(token);
  if (found == released_.end()) return false;
  released_.erase(found);
  return true;
}

std::optional<base::bytes> control_client::take_op() {
  if (ops_.empty()) return std::nullopt;
  base::bytes next = std::move(ops_.front());
  ops_.pop_front();
  return next;
}

}  // namespace naild::puppet
