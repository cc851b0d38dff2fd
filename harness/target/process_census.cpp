#include "harness/target/process_census.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <linux/kcmp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/target/process_tree.hpp"

namespace nailbiter::target {
namespace {

namespace fs = std::filesystem;

std::int64_t entries_of(const fs::path& folder, std::error_code& ec) {
  std::int64_t count = 0;
  for (fs::directory_iterator at(folder, ec), end; !ec && at != end; at.increment(ec)) ++count;
  return count;
}

struct process_status {
  char state = '?';
  std::int64_t rss_kib = 0;  // a zombie and a kernel thread have none
};

std::optional<process_status> status_of(std::int32_t pid) {
  std::ifstream file(proc_of(pid) / "status");
  if (!file) return std::nullopt;
  process_status seen;
  for (std::string key, line; file >> key && std::getline(file, line);) {
    const auto value = line.find_first_not_of(" \t");
    if (value == line.npos) continue;
    if (key == "State:") seen.state = line[value];
    if (key == "VmRSS:") seen.rss_kib = std::stoll(line.substr(value));
  }
  return seen;
}

/// Threads share one table, as a rule: it counts once, or one thread more would look like a table full of descriptors. Where
/// the kernel does not tell, each counts.
bool shares_table(std::int32_t pid, const fs::path& thread) {
  const long other = std::strtol(thread.filename().c_str(), nullptr, 10);
  return other != pid && ::syscall(SYS_kcmp, static_cast<long>(pid), other, static_cast<long>(KCMP_FILES), 0L, 0L) == 0;
}

/// Adds the descendants' memory; counts the children of the first level.
void add_children(std::int32_t pid, process_resources& to) {
  for_each_descendant(pid, [&to](std::int32_t child, int depth) {
    const auto status = status_of(child);
    if (!status) return;
    if (depth == 1) ++(status->state == 'Z' ? to.zombies : to.children);
    to.tree_rss_kib += status->rss_kib;
  });
}

}  // namespace

std::optional<process_resources> resources_of(std::int32_t pid) {
  const auto status = status_of(pid);
  process_resources seen;
  bool denied = false;
  const bool listed = for_each_thread(pid, [&](const fs::path& thread) {
    ++seen.threads;
    if (shares_table(pid, thread)) return;
    std::error_code ec;  // a thread that has just ended
    seen.fds += entries_of(thread / "fd", ec);
    denied |= ec == std::errc::permission_denied;
  });
  if (!status || !listed || denied) return std::nullopt;
  seen.rss_kib = seen.tree_rss_kib = status->rss_kib;
  add_children(pid, seen);
  return seen;
}

void process_census::take(actor::recorder& into) {
  const auto seen = resources_of(pid_);
  if (!seen) return;
  const auto add = [&](const char* resource, std::int64_t value) {
    into.add(history::event_kind::census, history::no_actor, resource, value);
  };
  add("fds", seen->fds);
  add("threads", seen->threads);
  add("children", seen->children);
  add("zombies", seen->zombies);
  add("rss_kib", seen->rss_kib);
  add("tree_rss_kib", seen->tree_rss_kib);
}

}  // namespace nailbiter::target
