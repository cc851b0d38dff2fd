#include "reference/task/frame_pool.hpp"

#include <array>
#include <cstdlib>
#include <new>
#include <utility>

namespace naild::task {

#ifdef NAILD_NO_FRAME_POOL

void* allocate_frame(std::size_t size) { return ::operator new(size); }
void free_frame(void* memory, std::size_t) noexcept { ::operator delete(memory); }

#else

namespace {

constexpr std::size_t granule_bytes = 16;
constexpr std::size_t class_count = 320;         // frames up to 5 KiB are recycled: a reader's holds its buffer
constexpr unsigned spare_frames_per_class = 256;  // beyond it a block goes back: frames end on another thread than they began

struct free_lists {
  struct block {
    block* next;
  };
  std::array<block*, class_count> head{};
  std::array<unsigned, class_count> count{};
  bool ended = false;  // this thread's lists are gone: late frees go to the heap

  ~free_lists() {
    ended = true;
    for (block*& list : head) {
      while (list != nullptr) ::operator delete(std::exchange(list, list->next));
    }
  }
};

free_lists& lists_of_this_thread() noexcept {
  static thread_local free_lists lists;
  return lists;
}

constexpr std::size_t class_of(std::size_t size) noexcept { return (size + granule_bytes - 1) / granule_bytes; }

}  // namespace

void* allocate_frame(std::size_t size) {
  const std::size_t index = class_of(size);
  if (index >= class_count) return ::operator new(size);
  free_lists& lists = lists_of_this_thread();
  if (free_lists::block* block = lists.head[index]) {
    lists.head[index] = block->next;
    --lists.count[index];
    return block;
  }
  return ::operator new(index * granule_bytes);
}

void free_frame(void* memory, std::size_t size) noexcept {
  const std::size_t index = class_of(size);
  if (index >= class_count) return ::operator delete(memory);
  free_lists& lists = lists_of_this_thread();
  if (lists.ended || lists.count[index] >= spare_frames_per_class) return ::operator delete(memory);
  lists.head[index] = new (memory) free_lists::block{lists.head[index]};
  ++lists.count[index];
}

#endif

}  // namespace naild::task
