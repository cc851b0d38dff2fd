#pragma once

// What gives bytes away as somebody's: the lines of `stream`, and the texts that only one client of a plan has.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/check/prepared_plan.hpp"

namespace nailbiter::check {

/// Shorter texts are found by accident.
constexpr std::size_t mark_bytes_min = 6;

struct found_mark {
  std::size_t offset = std::string_view::npos;  // in the bytes that were searched; npos: nothing found
  std::string owner{};
  std::string what{};  // for the verdict's detail

  bool is_found() const noexcept { return offset != std::string_view::npos; }
};

/// The first line "NB <run> <fd> <offset>" in `bytes`, at any alignment, that is not `own` on `fd`.
found_mark foreign_stream_line(const prepared_plan& intended, std::size_t own, int fd, std::string_view bytes);

/// A text that another client writes, is told by its environment, stands in or sends as stdin, and that `own` could not
/// have got from its own plan. `bytes_min`: shorter ones are not looked for.
found_mark foreign_text(const prepared_plan& intended, std::size_t own, std::string_view bytes, std::size_t bytes_min);

}  // namespace nailbiter::check
