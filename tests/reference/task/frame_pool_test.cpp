#include "reference/task/frame_pool.hpp"

#include <cstring>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <malloc.h>

namespace naild::task {
namespace {

#ifndef NAILD_NO_FRAME_POOL

/// Of the whole heap, in all threads.
std::size_t heap_bytes() { return mallinfo2().uordblks; }

TEST(FramePool, keeps_no_frame_that_is_large) {
  const std::size_t before = heap_bytes();
  for (const std::size_t size : {5'200u, 6'000u, 20'000u, 50'000u}) {
    for (int round = 0; round < 20; ++round) {
      std::vector<void*> held(10);
      for (void*& each : held) each = allocate_frame(size);
      for (void* each : held) free_frame(each, size);
    }
  }
  EXPECT_LE(heap_bytes(), before + 10'000);
}

TEST(FramePool, keeps_a_bounded_number_of_frames_of_a_size) {
  const std::size_t before = heap_bytes();
  std::vector<void*> held(2'000);
  for (void*& each : held) each = allocate_frame(2'000);
  for (void* each : held) free_frame(each, 2'000);
  held = std::vector<void*>();
  EXPECT_LE(heap_bytes(), before + 1'000'000);
}

TEST(FramePool, gives_back_what_a_thread_has_kept_when_it_ends) {
  const std::size_t before = heap_bytes();
  std::thread([] {
    for (std::size_t size = 1'100; size < 5'000; size += 16) free_frame(allocate_frame(size), size);
  }).join();
  EXPECT_LE(heap_bytes(), before + 100'000);
}

#endif

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
