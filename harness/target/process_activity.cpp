#include "harness/target/process_activity.hpp"

#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include <fmt/core.h>

#include "harness/target/proc_file.hpp"
#include "harness/target/process_tree.hpp"

namespace nailbiter::target {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t threads_told_max = 64;
constexpr std::size_t frames_told_max = 6;

struct thread_stat {
  std::string name{};
  char state = '?';
  std::uint64_t ticks = 0;  // user and system
};

/// "pid (name) state ppid ... utime stime ...": the name may hold anything, so what follows is found from its end.
std::optional<thread_stat> stat_of(const fs::path& folder) {
  const std::string text = read_proc_file(folder / "stat").text;
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == text.npos || close == text.npos) return std::nullopt;
  thread_stat seen{.name = text.substr(open + 1, close - open - 1)};
  std::istringstream rest(text.substr(close + 1));
  rest >> seen.state;
  constexpr int fields_between = 10;  // ppid to cmajflt
  std::string skipped;
  for (int i = 0; i < fields_between; ++i) rest >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  if (!(rest >> user >> system)) return std::nullopt;
  seen.ticks = user + system;
  return seen;
}

void add_activity(std::int32_t pid, process_activity& to) {
  const auto ticks_per_second = static_cast<std::uint64_t>(std::max(1L, ::sysconf(_SC_CLK_TCK)));
  if (const auto whole = stat_of(proc_of(pid))) to.cpu_ms += whole->ticks * 1000 / ticks_per_second;
  for_each_thread(pid, [&to](const fs::path& thread) {
    const auto seen = stat_of(thread);
    // Whoever holds a process (T) lets it go on.
    to.runnable |= seen && (seen->state == 'R' || seen->state == 'D' || seen->state == 'T');
  });
}

/// "[<0>] futex_wait+0x6d/0xf0" -> "futex_wait".
std::string frames_of(const std::string& stack) {
  std::string line;
  std::istringstream lines(stack);
  std::size_t count = 0;
  for (std::string one; std::getline(lines, one) && count < frames_told_max; ++count) {
    const auto begin = one.find("] ");
    const auto name = begin == one.npos ? one : one.substr(begin + 2);
    line += (count == 0 ? "" : " < ") + name.substr(0, name.find('+'));
  }
  return line;
}

std::string place_of(const fs::path& thread) {
  const proc_file call = read_proc_file(thread / "syscall");
  std::string place = call.text.empty() ? "system call not shown: " + call.why_not : "system call " + call.text.substr(0, call.text.find(' '));
  const proc_file stack = read_proc_file(thread / "stack");
  if (!stack.text.empty()) return place + ", in " + frames_of(stack.text);
  const proc_file channel = read_proc_file(thread / "wchan");
  if (!channel.text.empty() && channel.text != "0") return place + ", in " + channel.text;
  return place + ", kernel stack not shown: " + stack.why_not;
}

}  // namespace

std::optional<process_activity> activity_of(std::int32_t pid) {
  if (pid <= 0 || !stat_of(proc_of(pid))) return std::nullopt;
  process_activity all;
  add_activity(pid, all);
  for_each_descendant(pid, [&all](std::int32_t below, int) { add_activity(below, all); });
  return all;
}

std::string stacks_of(std::int32_t pid) {
  std::string lines;
  std::size_t count = 0;
  for_each_thread(pid, [&](const fs::path& thread) {
    const auto seen = stat_of(thread);
    if (!seen || ++count > threads_told_max) return;
    lines += fmt::format("{} {} {}: {}\n", thread.filename().string(), seen->name, seen->state, place_of(thread));
  });
  if (count > threads_told_max) lines += fmt::format("{} more threads\n", count - threads_told_max);
  return lines;
}

}  // namespace nailbiter::target
