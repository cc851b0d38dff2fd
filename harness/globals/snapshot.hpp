#pragma once

// What can be reached from a program's variables at one moment, a few pointers deep. Conservative: a word that looks like
// a pointer into writable memory is taken for one.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/globals/memory_map.hpp"
#include "harness/globals/variables.hpp"

namespace nailbiter::globals {

struct snapshot_bounds {
  unsigned levels = 4;                       // pointers followed from a variable
  std::size_t block_bytes = 4096;            // of one block of the heap; what is behind is not seen
  std::size_t total_bytes = 64u << 20;
};

/// A variable or a block of memory, with its words. A pointer is kept as `pointer_mark`: where things lie may change,
/// what they hold is compared.
struct block {
  std::vector<std::uint64_t> words{};        // little endian; the last one padded with zeros

  friend bool operator==(const block&, const block&) = default;
};

constexpr std::uint64_t pointer_mark = 0x706f'696e'7465'7221;  // "pointer!"

struct snapshot {
  /// By the shortest way that leads there: "name", "name+8->", "name+8->+16->".
  std::map<std::string, block> blocks{};
  std::size_t bytes = 0;
  bool is_whole = true;                      // false: total_bytes was reached
};

/// The main program of the process. The error says why nothing can be seen.
tl::expected<snapshot, std::string> snapshot_of(std::int32_t pid, const program_variables& program, const snapshot_bounds& bounds = {});

}  // namespace nailbiter::globals
