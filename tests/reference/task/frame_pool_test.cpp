#include "reference/task/frame_pool.hpp"

#include <cstring>
#include <vector>

#include <gtest/gtest.h>

namespace naild::task {
namespace {

TEST(FramePool, gives_memory_of_every_size_whatever_was_freed_before) {
  for (int round = 0; round < 3; ++round) {
    std::vector<std::pair<void*, std::size_t>> held;
    for (std::size_t size = 1; size <= 6'000; size += 7) {
      for (int copies = 0; copies < 3; ++copies) {
        void* memory = allocate_frame(size);
        std::memset(memory, static_cast<int>(size % 251), size);
        held.emplace_back(memory, size);
      }
    }
    for (const auto& [memory, size] : held) {
      const auto* bytes = static_cast<const unsigned char*>(memory);
      EXPECT_EQ(bytes[0], size % 251);
      EXPECT_EQ(bytes[size - 1], size % 251);
      free_frame(memory, size);
    }
  }
}

}  // namespace
}  // namespace naild::task
