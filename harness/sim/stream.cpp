#include "harness/sim/stream.hpp"

namespace nailbiter::sim {

stream::~stream() {
  in_.detach_reader();
  out_.detach_writer();
  close();
}

void stream::close() noexcept { end(in_.unread_bytes() > 0 ? pipe::ending::reset_last : pipe::ending::closed); }

void stream::end(pipe::ending how) noexcept {
  if (closed_here_) return;
  closed_here_ = true;
  out_.abort_writer();
  out_.finish(how);
  in_.close_reader();
}

task::started stream::start_read(std::span<char> into) {
  if (closed_here_) return read_.finish(tl::unexpected(naild::base::io_error::aborted));
  return in_.read(read_, into);
}

task::started stream::start_write(naild::base::byte_view from) {
  if (closed_here_) return write_.finish(tl::unexpected(naild::base::io_error::aborted));
  return out_.write(write_, from);
}

task::started stream::start_peer_closed() {
  if (closed_here_) return closed_.finish(tl::unexpected(naild::base::io_error::aborted));
  return in_.watch(closed_);
}

}  // namespace nailbiter::sim
