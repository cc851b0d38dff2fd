#pragma once

// Spill files that are strings, with a size at which they are full.

#include <algorithm>

#include "reference/port/spill_file.hpp"

namespace naild::stdio::support {

class memory_spill final : public port::spill_files {
 public:
  explicit memory_spill(std::size_t bytes_max) noexcept : bytes_max_(bytes_max) {}

  std::unique_ptr<port::spill_file> make() override { return std::make_unique<file>(*this); }

  std::size_t held_bytes = 0;  // of the file that changed last

 private:
  class file final : public port::spill_file {
   public:
    explicit file(memory_spill& owner) noexcept : owner_(owner) {}

    bool append(base::byte_view bytes) override {
      if (text_.size() + bytes.size() > owner_.bytes_max_) return false;
      text_ += bytes;
      owner_.held_bytes = text_.size();
      return true;
    }

    bool read_at(std::uint64_t offset, std::span<char> into) override {
      if (offset > text_.size() || text_.size() - offset < into.size()) return false;
      std::copy_n(text_.data() + offset, into.size(), into.data());
      return true;
    }

    void clear() noexcept override {
      text_.clear();
      owner_.held_bytes = 0;
    }

   private:
    memory_spill& owner_;
    base::bytes text_{};
  };

  std::size_t bytes_max_;
};

}  // namespace naild::stdio::support
