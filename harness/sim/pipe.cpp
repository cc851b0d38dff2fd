#include "harness/sim/pipe.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace nailbiter::sim {
namespace {

using base_error = naild::base::io_error;

constexpr std::size_t compact_bytes = 4096;  // read bytes that may stay in front of unread ones

// One choice in so many is a single byte, one is the half, the others are the whole.
constexpr std::uint32_t short_io_bound = 8;
constexpr std::uint32_t split_delivery_bound = 4;

template <class Op, class Value>
void complete(Op*& pending, Value value) {
  if (pending != nullptr) std::exchange(pending, nullptr)->complete(std::move(value));
}

}  // namespace

pipe::pipe() noexcept {
  act = [](task::step* self, task::disposition how) {
    auto* mine = static_cast<pipe*>(self);
    mine->delivery_posted_ = false;
    if (how == task::disposition::run) mine->deliver();
  };
}

void pipe::open(scheduler& owner, pipe& back, std::uint32_t connection, task::resource_id resource,
                pipe_options options) {
  owner_ = &owner;
  back_ = &back;
  network_ = &owner.make_strand(connection, "network");
  connection_ = connection;
  resource_ = resource;
  options_ = options;
  bytes_.clear();
  head_ = arrived_ = 0;
  sent_ = received_ = ending::none;
  reader_open_ = true;
  writer_broken_ = false;
  delivery_posted_ = false;
  reader_ = writer_ = nullptr;
  watcher_ = nullptr;
}

// An end that a session has named names the whole direction; an end that nobody named takes the direction's name.
template <class Op>
void pipe::label_end(Op& op) {
  task::step_label what = op.what();
  if (what.resource != 0) {
    resource_ = what.resource;
  } else {
    what.resource = resource_;
    op.relabel(what);
  }
  owner_->touch(resource_);
}

std::size_t pipe::part_of(std::size_t whole, std::uint32_t bound) {
  if (whole <= 1) return whole;
  switch (owner_->choose(bound)) {
    case 1:
      return 1;
    case 2:
      return (whole + 1) / 2;
    default:
      return whole;
  }
}

task::started pipe::read(size_op& op, std::span<char> into) {
  assert(!into.empty());
  label_end(op);
  reader_ = &op;
  into_ = into;
  try_read();
  return task::started::pending;
}

void pipe::try_read() {
  if (reader_ == nullptr) return;
  const std::size_t readable = arrived_ - head_;
  if (readable > 0) {
    const std::size_t count = part_of(std::min(readable, into_.size()), short_io_bound);
    std::memcpy(into_.data(), bytes_.data() + head_, count);
    head_ += count;
    forget_read_bytes();
    complete(reader_, naild::base::io_result<std::size_t>(count));
    try_watch();
    return try_write();
  }
  if (received_ == ending::none) return;
  const bool cut = received_ == ending::reset_last || received_ == ending::reset_now;
  complete(reader_,
           naild::base::io_result<std::size_t>(tl::unexpected(cut ? base_error::reset : base_error::end_of_stream)));
}

void pipe::forget_read_bytes() {
  if (head_ == bytes_.size()) {
    bytes_.clear();
    head_ = arrived_ = 0;
  } else if (head_ >= compact_bytes && head_ >= bytes_.size() / 2) {
    bytes_.erase(0, head_);
    arrived_ -= head_;
    head_ = 0;
  }
}

task::started pipe::watch(closed_op& op) {
  label_end(op);
  if (options_.watch == peer_watch::out_of_resources) return op.finish(tl::unexpected(base_error::no_resources));
  watcher_ = &op;
  try_watch();
  return task::started::pending;
}

void pipe::try_watch() {
  const bool hidden =
      options_.watch == peer_watch::behind_no_bytes && received_ != ending::reset_now && arrived_ > head_;
  if (watcher_ != nullptr && received_ != ending::none && !hidden) complete(watcher_, naild::base::io_result<void>());
}

void pipe::unwatch() { complete(watcher_, naild::base::io_result<void>(tl::unexpected(base_error::aborted))); }

void pipe::close_reader() {
  reader_open_ = false;
  head_ = arrived_;
  forget_read_bytes();
  complete(reader_, naild::base::io_result<std::size_t>(tl::unexpected(base_error::aborted)));
  unwatch();
  try_write();
}

void pipe::detach_reader() noexcept {
  reader_ = nullptr;
  watcher_ = nullptr;
}

task::started pipe::write(size_op& op, std::string_view from) {
  assert(!from.empty());
  label_end(op);
  writer_ = &op;
  from_ = from;
  try_write();
  return task::started::pending;
}

void pipe::try_write() {
  if (writer_ == nullptr) return;
  if (writer_broken_ || sent_ != ending::none) {
    return complete(writer_, naild::base::io_result<std::size_t>(tl::unexpected(base_error::reset)));
  }
  const std::size_t free = room();
  if (free == 0) return;
  const std::size_t count = part_of(std::min(free, from_.size()), short_io_bound);
  bytes_.append(from_.substr(0, count));
  post_delivery();
  complete(writer_, naild::base::io_result<std::size_t>(count));
}

void pipe::abort_writer() {
  complete(writer_, naild::base::io_result<std::size_t>(tl::unexpected(base_error::aborted)));
}

void pipe::finish(ending how) {
  if (how <= sent_) return;
  sent_ = how;
  if (how == ending::reset_now) bytes_.resize(arrived_);
  try_write();
  post_delivery();
}

void pipe::post_delivery() {
  if (delivery_posted_) return;
  delivery_posted_ = true;
  label = {.session = connection_, .kind = task::step_kind::deliver, .resource = resource_};
  network_->post(*this);
}

void pipe::deliver() {
  const std::size_t under_way = bytes_.size() - arrived_;
  const std::size_t count = part_of(under_way, split_delivery_bound);
  arrived_ += count;
  if (!reader_open_) {
    head_ = arrived_;
    forget_read_bytes();
    try_write();
  }
  if (count < under_way) {
    post_delivery();
  } else if (sent_ != received_) {
    // The end may come with the last bytes or alone.
    if (count == 0 || owner_->choose(2) == 0) return arrive(sent_);
    post_delivery();
  }
  try_read();
}

void pipe::arrive(ending how) {
  received_ = how;
  if (how == ending::reset_now) {
    bytes_.clear();
    head_ = arrived_ = 0;
  }
  if (how >= ending::closed) {
    back_->writer_broken_ = true;
    back_->try_write();
  }
  try_watch();
  try_read();
}

}  // namespace nailbiter::sim
