#include "harness/sim/listener.hpp"

#include <algorithm>

namespace nailbiter::sim {

using naild::base::io_error;

attempt::~attempt() {
  if (waiting_at_ != nullptr) waiting_at_->forget(*this);
}

void attempt::cancel() noexcept {
  if (waiting_at_ == nullptr) return;
  waiting_at_->forget(*this);
  complete(tl::unexpected(io_error::aborted));
}

task::started attempt::start_connect() {
  listener* found = owner_.find(where_);
  if (where_.kind != port::transport::simulated) {
    complete(tl::unexpected(io_error::bad_address));
  } else if (found == nullptr) {
    complete(tl::unexpected(io_error::refused));
  } else {
    connect_.relabel({.session = 0, .kind = task::step_kind::connect, .resource = found->resource()});
    found->arrive(*this);
  }
  return task::started::pending;
}

void attempt::complete(port::stream_result result) {
  waiting_at_ = nullptr;
  connect_.complete(std::move(result));
}

listener::~listener() {
  accepting_ = false;  // the op dies with us
  close();
}

void listener::arrive(attempt& from) {
  if (backlog_.size() < owner_.options().backlog) return connect(from);
  from.waiting_at_ = this;
  waiting_.push_back(&from);
}

void listener::forget(attempt& from) noexcept {
  std::erase(waiting_, &from);
  from.waiting_at_ = nullptr;
}

void listener::connect(attempt& from) {
  auto [client, server] = owner_.connected_pair();
  backlog_.push_back(std::move(server));
  from.complete(std::move(client));
  try_complete();
}

task::started listener::start_accept() {
  if (closed_) return accept_.finish(tl::unexpected(io_error::aborted));
  if (accept_.what().resource == 0) {
    accept_.relabel({.session = 0, .kind = task::step_kind::accept, .resource = resource_});
  }
  accepting_ = true;
  try_complete();
  return task::started::pending;
}

void listener::try_complete() {
  if (!accepting_ || backlog_.empty()) return;
  accepting_ = false;
  if (out_of_resources()) {
    accept_.complete(tl::unexpected(io_error::no_resources));
  } else {
    accept_.complete(take());
  }
}

bool listener::out_of_resources() noexcept {
  std::erase_if(accepted_, [](const pipe* each) { return !each->has_reader(); });
  return accepted_.size() >= open_max_ || owner_.take_accept_failure();
}

std::unique_ptr<port::byte_stream> listener::take() {
  auto first = std::move(backlog_.front());
  backlog_.erase(backlog_.begin());
  if (open_max_ != unlimited) accepted_.push_back(&static_cast<const stream&>(*first).incoming());
  if (!waiting_.empty()) {
    attempt* next = waiting_.front();
    waiting_.erase(waiting_.begin());
    connect(*next);
  }
  return first;
}

std::unique_ptr<port::byte_stream> listener::try_accept() noexcept {
  if (backlog_.empty() || out_of_resources()) return nullptr;
  return take();
}

void listener::close() noexcept {
  if (closed_) return;
  closed_ = true;
  owner_.forget(name_);
  for (auto& left : backlog_) left->reset();
  backlog_.clear();
  for (attempt* each : std::exchange(waiting_, {})) each->complete(tl::unexpected(io_error::refused));
  if (std::exchange(accepting_, false)) accept_.complete(tl::unexpected(io_error::aborted));
}

port::address listener::where() const { return {.kind = port::transport::simulated, .name = name_, .port = 0}; }

}  // namespace nailbiter::sim
