#pragma once

// Makes the real world's strands and keeps their memory until the world ends.

#include <memory>
#include <mutex>
#include <vector>

#include "reference/io/strand.hpp"

namespace naild::io {

class loop;

/// Any thread. Outlives everything that posts.
class strand_pool final : public task::strand_pool, private strand_home {
 public:
  /// Borrows the loop.
  explicit strand_pool(loop& owner) noexcept : loop_(owner) {}

  task::strand& make_strand(std::uint32_t session, std::string_view name) override;
  void retire_strand(task::strand& done) noexcept override;

  /// Ends the world: drops what is queued, then destroys what is suspended. Only when loop.run() has returned and every
  /// other thread that posts has been joined; later posts drop their steps at once.
  void destroy_suspended() noexcept;

 private:
  void inject(strand& ready) noexcept override;
  void recycle(strand& done) noexcept override;

  loop& loop_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<strand>> all_;  // in the order of their making
  strand* spare_ = nullptr;
  bool ended_ = false;
};

}  // namespace naild::io
