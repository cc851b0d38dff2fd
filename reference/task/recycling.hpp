#pragma once

// The frame pool as a standard allocator: for the few nodes that every session makes and frees.

#include <cstddef>

#include "reference/task/frame_pool.hpp"

namespace naild::task {

template <class T>
struct recycling {
  using value_type = T;

  recycling() noexcept = default;
  template <class U>
  recycling(const recycling<U>&) noexcept {}  // NOLINT(google-explicit-constructor): allocators convert

  T* allocate(std::size_t count) { return static_cast<T*>(allocate_frame(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) noexcept { free_frame(memory, count * sizeof(T)); }

  bool operator==(const recycling&) const noexcept = default;
};

}  // namespace naild::task
