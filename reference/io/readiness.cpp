#include "reference/io/readiness.hpp"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "reference/io/run_queue.hpp"

namespace naild::io {
namespace {

constexpr int events_per_look_max = 256;  // more than a listener's sessions of one turn can cause
constexpr int events_per_look_shared = 8;  // with several threads: the next one takes what is left

int make_set() {
  const int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return fd;
}

epoll_event edge_of(std::uint32_t events, std::uint32_t index, std::uint32_t generation) noexcept {
  epoll_event wanted{};
  wanted.events = events | EPOLLET;
  wanted.data.u64 = std::uint64_t{generation} << 32 | index;
  return wanted;
}

}  // namespace

readiness::readiness(boost::asio::io_context& context) : set_(context, make_set()), events_per_look_(events_per_look_max) {
  wait_for_events();
}

void readiness::serve(unsigned threads) noexcept {
  events_per_look_.store(threads > 1 ? events_per_look_shared : events_per_look_max, std::memory_order_relaxed);
}

readiness::registration* readiness::add(int fd, std::uint32_t events, owner& to) {
  registration& mine = take_spare();
  epoll_event wanted{};
  {
    std::lock_guard lock(mine.mutex);
    mine.to_ = &to;
    wanted = edge_of(events, mine.index_, mine.generation_);
  }
  if (::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, fd, &wanted) == 0) return &mine;
  withdraw(mine);
  return nullptr;
}

bool readiness::report_again(registration& mine, int fd, std::uint32_t events) noexcept {
  epoll_event wanted = edge_of(events, mine.index_, mine.generation_);
  return ::epoll_ctl(set_.native_handle(), EPOLL_CTL_MOD, fd, &wanted) == 0;
}

void readiness::withdraw(registration& mine) noexcept {
  {
    std::lock_guard lock(mine.mutex);
    mine.to_ = nullptr;
    ++mine.generation_;
  }
  std::lock_guard lock(mutex_);
  spare_.push_back(&mine);
}

readiness::registration& readiness::take_spare() {
  std::lock_guard lock(mutex_);
  if (spare_.empty()) {
    all_.push_back(std::make_unique<registration>());
    spare_.reserve(all_.capacity());  // so that withdraw() allocates nothing
    all_.back()->index_ = static_cast<std::uint32_t>(all_.size() - 1);
    return *all_.back();
  }
  registration& mine = *spare_.back();
  spare_.pop_back();
  return mine;
}

// The loop is asked to wait again before the work is done: with several threads another one goes on with the next events.
void readiness::wait_for_events() {
  set_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& ec) {
    if (ec) return;
    handler_scope scope;
    look();
  });
}

void readiness::look() noexcept {
  std::array<epoll_event, events_per_look_max> seen;
  const int count = ::epoll_wait(set_.native_handle(), seen.data(), events_per_look_.load(std::memory_order_relaxed), 0);
  wait_for_events();
  for (int i = 0; i < count; ++i) {
    const epoll_event& one = seen[static_cast<std::size_t>(i)];
    tell(one.data.u64, one.events);
  }
}

void readiness::tell(std::uint64_t key, std::uint32_t events) noexcept {
  registration* found = nullptr;
  {
    std::lock_guard lock(mutex_);
    found = all_[key & UINT32_MAX].get();
  }
  std::unique_lock lock(found->mutex);
  if (found->to_ == nullptr || found->generation_ != key >> 32) return;
  found->to_->on_ready(events, std::move(lock));
}

}  // namespace naild::io
