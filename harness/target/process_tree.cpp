#include "harness/target/process_tree.hpp"

#include <fstream>
#include <string>

namespace nailbiter::target {
namespace {

namespace fs = std::filesystem;

constexpr int tree_depth_max = 16;

void descend(std::int32_t pid, int depth, const std::function<void(std::int32_t, int)>& visit) {
  if (depth > tree_depth_max) return;
  for_each_thread(pid, [&](const fs::path& thread) {
    std::ifstream file(thread / "children");
    for (std::int32_t child = 0; file >> child;) {
      visit(child, depth);
      descend(child, depth + 1, visit);
    }
  });
}

}  // namespace

fs::path proc_of(std::int32_t pid) { return fs::path("/proc") / std::to_string(pid); }

bool for_each_thread(std::int32_t pid, const std::function<void(const fs::path&)>& visit) {
  std::error_code ec;
  for (fs::directory_iterator thread(proc_of(pid) / "task", ec), end; !ec && thread != end; thread.increment(ec)) visit(thread->path());
  return !ec;
}

void for_each_descendant(std::int32_t pid, const std::function<void(std::int32_t, int)>& visit) { descend(pid, 1, visit); }

}  // namespace nailbiter::target
