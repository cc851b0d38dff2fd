#include "reference/io/strand_pool.hpp"

#include <utility>

#include "reference/io/loop.hpp"

namespace naild::io {

task::strand& strand_pool::make_strand(std::uint32_t session, std::string_view name) {
  std::lock_guard lock(mutex_);
  strand* made = spare_;
  if (made != nullptr) {
    spare_ = made->next_ready;
  } else {
    made = all_.emplace_back(std::make_unique<strand>(static_cast<strand_home&>(*this))).get();
    if (ended_) made->end();
  }
  made->name(session, name);
  return *made;
}

void strand_pool::retire_strand(task::strand& done) noexcept { static_cast<strand&>(done).retire(); }

void strand_pool::destroy_suspended() noexcept {
  ended_ = true;
  for (const auto& one : all_) one->end();
  // By index and newest first: what a later strand runs may borrow from an earlier one, and a destructor may still
  // make a strand.
  for (bool more = true; std::exchange(more, false);) {
    for (std::size_t i = all_.size(); i-- > 0;) more = all_[i]->drop_queued() || more;
    for (std::size_t i = all_.size(); i-- > 0;) more = all_[i]->destroy_roots() || more;
  }
}

void strand_pool::inject(strand& ready) noexcept { loop_.inject(ready); }

void strand_pool::recycle(strand& done) noexcept {
  std::lock_guard lock(mutex_);
  done.next_ready = spare_;
  spare_ = &done;
}

}  // namespace naild::io
