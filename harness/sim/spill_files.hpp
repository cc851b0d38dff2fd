#pragma once

// Spill files that are strings, all on one simulated disk that has a size and can lose what it holds.

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>

#include "reference/port/spill_file.hpp"

namespace nailbiter::sim {

struct disk_options {
  std::size_t bytes_max = std::numeric_limits<std::size_t>::max();
  bool makes_files = true;
  std::size_t reads_max = std::numeric_limits<std::size_t>::max();  // later ones find nothing
};

/// One thread. Outlives its files.
class spill_files final : public naild::port::spill_files {
 public:
  explicit spill_files(disk_options disk = {}) noexcept : disk_(disk) {}

  std::unique_ptr<naild::port::spill_file> make() override {
    return disk_.makes_files ? std::make_unique<file>(*this) : nullptr;
  }

  /// Of all files now, and the most that they ever were.
  std::size_t held_bytes() const noexcept { return held_bytes_; }
  std::size_t most_bytes() const noexcept { return most_bytes_; }

 private:
  class file final : public naild::port::spill_file {
   public:
    explicit file(spill_files& owner) noexcept : owner_(owner) {}
    file(const file&) = delete;
    file& operator=(const file&) = delete;
    ~file() override { file::clear(); }

    bool append(naild::base::byte_view bytes) override {
      if (owner_.disk_.bytes_max - owner_.held_bytes_ < bytes.size()) return false;
      text_ += bytes;
      owner_.held_bytes_ += bytes.size();
      owner_.most_bytes_ = std::max(owner_.most_bytes_, owner_.held_bytes_);
      return true;
    }

    bool read_at(std::uint64_t offset, std::span<char> into) override {
      if (owner_.reads_ >= owner_.disk_.reads_max) return false;
      ++owner_.reads_;
      if (offset > text_.size() || text_.size() - offset < into.size()) return false;
      std::copy_n(text_.data() + offset, into.size(), into.data());
      return true;
    }

    void clear() noexcept override {
      owner_.held_bytes_ -= text_.size();
      text_.clear();
    }

   private:
    spill_files& owner_;
    naild::base::bytes text_{};
  };

  disk_options disk_;
  std::size_t held_bytes_ = 0;
  std::size_t most_bytes_ = 0;
  std::size_t reads_ = 0;
};

}  // namespace nailbiter::sim
