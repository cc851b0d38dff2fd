#include "reference/io/signals.hpp"

#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

namespace naild::io {

struct signals::registered {
  explicit registered(loop& owner) : set(owner.context()) {}
  boost::asio::signal_set set;
};

signals::signals(loop& owner, std::initializer_list<int> numbers)
    : registered_(std::make_unique<registered>(owner)) {
  for (const int number : numbers) registered_->set.add(number);
}

signals::~signals() = default;

task::started signals::start_next() {
  registered_->set.async_wait([this](const boost::system::error_code& ec, int number) {
    handler_scope scope;
    if (ec) {
      next_.complete_dispatch(tl::unexpected(base::io_error::aborted));
    } else {
      next_.complete_dispatch(number);
    }
  });
  return task::started::pending;
}

void signals::add(int number) noexcept {
  boost::system::error_code ignored;
  registered_->set.add(number, ignored);
}

void signals::cancel() noexcept {
  boost::system::error_code ignored;
  registered_->set.cancel(ignored);
}

void ignore_broken_pipes() noexcept { ::signal(SIGPIPE, SIG_IGN); }

}  // namespace naild::io
