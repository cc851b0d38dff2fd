#pragma once

// Where coroutine frames, posted closures and what else every session makes and frees live: per-thread free lists by
// size class. Frames migrate between threads, so each list is capped and gives the rest back. Off under sanitizers
// (NAILD_NO_FRAME_POOL), which must see every allocation.

#include <cstddef>

namespace naild::task {

/// Memory for `size` bytes, aligned for any type; never null (throws std::bad_alloc).
void* allocate_frame(std::size_t size);

/// Gives back what allocate_frame(size) returned; any thread.
void free_frame(void* memory, std::size_t size) noexcept;

}  // namespace naild::task
