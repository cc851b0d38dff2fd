#include "harness/globals/snapshot.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <filesystem>
#include <set>

#include <fmt/core.h>

namespace nailbiter::globals {
namespace {

constexpr std::uint64_t word_bytes = 8;
constexpr std::uint64_t not_followed = ~std::uint64_t{0};
constexpr std::uint64_t chunk_bytes_max = 1u << 30;

struct place {
  std::string name;
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;
  unsigned level = 0;
};

class walk {
 public:
  walk(const std::vector<mapping>& all, const process_memory& memory, const snapshot_bounds& bounds)
      : mappings_(all), memory_(memory), bounds_(bounds) {}

  /// All of them before run().
  void start_at(const variable& root, std::uint64_t bias) {
    waiting_.push_back({root.name, root.address + bias, root.size, 0});
    roots_end_ = std::max(roots_end_, root.address + bias + root.size);
    roots_begin_ = std::min(roots_begin_, root.address + bias);
  }

  /// Breadth first, so that each block is named by a shortest way.
  snapshot run() && {
    for (; !waiting_.empty(); waiting_.pop_front()) {
      if (result_.bytes >= bounds_.total_bytes) {
        result_.is_whole = false;
        break;
      }
      take(waiting_.front());
    }
    return std::move(result_);
  }

 private:
  void take(const place& from) {
    const auto bytes = std::min<std::uint64_t>(from.bytes, bounds_.block_bytes);
    block here;
    here.words.resize((bytes + word_bytes - 1) / word_bytes);
    if (!memory_.read(from.address, {reinterpret_cast<char*>(here.words.data()), static_cast<std::size_t>(bytes)})) return;
    result_.bytes += bytes;
    const bool aligned = from.address % word_bytes == 0;
    for (std::size_t i = 0; aligned && i < here.words.size(); ++i) {
      const auto target = here.words[i];
      const auto extent = extent_of(target);
      if (extent == 0) continue;
      here.words[i] = pointer_mark;
      if (extent == not_followed || from.level == bounds_.levels || !seen_.insert(target).second) continue;
      waiting_.push_back({fmt::format("{}+{}->", from.name, i * word_bytes), target, extent, from.level + 1});
    }
    result_.blocks.emplace(from.name, std::move(here));
  }

  /// Bytes of the block that begins at an address in writable memory, as glibc's allocator says in the word before it; 0:
  /// it is no pointer; not_followed: it leads to a variable, which is looked at by its own name, or into or behind a
  /// block: an iterator's end is the beginning of somebody else's.
  std::uint64_t extent_of(std::uint64_t address) const {
    if (address % word_bytes != 0) return 0;
    const auto after = std::ranges::upper_bound(mappings_, address, {}, &mapping::begin);
    if (after == mappings_.begin()) return 0;
    const mapping& in = *std::prev(after);
    if (address >= in.end || !in.writable || in.path == "[stack]") return 0;
    if (address >= roots_begin_ && address < roots_end_) return not_followed;
    std::uint64_t header = 0;
    const bool may_begin_here = address % (2 * word_bytes) == 0 && address - in.begin >= word_bytes;
    if (!may_begin_here || !memory_.read(address - word_bytes, {reinterpret_cast<char*>(&header), sizeof header})) return not_followed;
    const auto chunk = header & ~std::uint64_t{7};
    const bool plausible = chunk >= 4 * word_bytes && chunk % (2 * word_bytes) == 0 && chunk < chunk_bytes_max;
    return plausible && chunk - word_bytes <= in.end - address ? chunk - word_bytes : not_followed;
  }

  const std::vector<mapping>& mappings_;
  const process_memory& memory_;
  snapshot_bounds bounds_;
  std::uint64_t roots_begin_ = ~std::uint64_t{0};
  std::uint64_t roots_end_ = 0;
  std::deque<place> waiting_;
  std::set<std::uint64_t> seen_;
  snapshot result_;
};

}  // namespace

tl::expected<snapshot, std::string> snapshot_of(std::int32_t pid, const program_variables& program, const snapshot_bounds& bounds) {
  const auto all = mappings_of(pid);
  if (!all) return tl::unexpected(all.error());
  const auto memory = process_memory::open(pid);
  if (!memory) return tl::unexpected(memory.error());
  std::uint64_t bias = 0;
  if (program.position_independent) {
    std::error_code ec;
    const auto executable = std::filesystem::read_symlink(fmt::format("/proc/{}/exe", pid), ec).string();
    const auto first = std::ranges::find_if(*all, [&](const mapping& one) { return one.path == executable && one.offset == 0; });
    if (first == all->end()) return tl::unexpected(fmt::format("process {} does not show where its program lies", pid));
    bias = first->begin;
  }
  walk from_variables(*all, *memory, bounds);
  for (const variable& root : program.writable) from_variables.start_at(root, bias);
  return std::move(from_variables).run();
}

}  // namespace nailbiter::globals
