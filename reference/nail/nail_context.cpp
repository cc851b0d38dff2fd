#include "reference/nail/nail_context.hpp"

namespace naild::nail {

std::optional<base::byte_view> value_of(base::byte_view name, std::span<const base::bytes> environment) noexcept {
  for (const base::byte_view entry : environment) {
    if (entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name)) {
      return entry.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

task::task<> nail_context::until_cancelled() {
  task::event fired(parts_.where, task::label_of(parts_.session, task::step_kind::wake, task::session_part::state));
  const cancel_subscription subscription(parts_.token, fired);
  while (!cancelled()) co_await fired;
}

const std::shared_ptr<stdio::run_log>& nail_context::own_log() {
  if (own_log_ == nullptr) own_log_ = std::make_shared<stdio::run_log>();
  return own_log_;
}

task::task<> nail_context::write_log(port::severity level, base::byte_view text) {
  const base::bytes line = own_log()->take(level, text);
  if (!line.empty()) (void)co_await write_stderr(line);
}

}  // namespace naild::nail
