// What generator_test.py mutates, builds and runs: one place for each operator that needs no coroutine. Like naild it
// empties its environment first.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>

#include <unistd.h>

namespace {

std::mutex guarding;
bool told = false;

struct bell {
  void notify_one() { std::printf("one "); }
  void notify_all() { std::printf("all "); }
};

void say(int number) { std::printf("%d ", number); }

bool first_time() {
  const std::lock_guard lock(guarding);
  if (std::exchange(told, true)) return false;
  return true;
}

void both(int left, int right) {
  if (left == 0) return;
  say(left);
  say(right);
  if (left > 0 && right > 0) {
    say(left + right);
  } else {
    say(0);
  }
}

void forget_environment() {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) std::memset(*entry, 0, std::strlen(*entry));
  clearenv();
}

void last(int number) { return say(number); }

}  // namespace

int main() {
  forget_environment();
  both(1, 2);
  both(0, 3);
  for (int at = 7; at < 9; ++at) say(at);
  if (first_time()) say(4);
  if (first_time()) say(5);
  bell wake;
  wake.notify_all();
  last(6);
}
