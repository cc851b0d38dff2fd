#include "reference/stdio/binding.hpp"

namespace naild::stdio {

destination_ref& thread_slot::here() noexcept {
  static thread_local destination_ref bound;
  return bound;
}

}  // namespace naild::stdio
