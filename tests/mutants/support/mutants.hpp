#pragma once

// Which planted bug is awake: NAILBITER_MUTANT=ID or ID:HOPS in the environment of the program. Its place in the code
// is reached when it is asked for; it is triggered when it says that something is wrong now. Each is told once, by its
// letter r or t in the file that NAILBITER_MUTANT_REACHED names. Both are read before main: naild empties its environment.

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "mutant_ids.hpp"

namespace mutants {

struct selection {
  std::string id;
  unsigned hops = 0;
  std::string marks;  // a path, or empty
  std::atomic<bool> reached{false};
  std::atomic<bool> triggered{false};

  selection() {
    if (const char* path = std::getenv("NAILBITER_MUTANT_REACHED")) marks = path;
    const char* text = std::getenv("NAILBITER_MUTANT");
    if (text == nullptr) return;
    const char* colon = std::strchr(text, ':');
    id = colon == nullptr ? std::string(text) : std::string(text, colon);
    if (std::ranges::find(known_ids, id) == std::end(known_ids)) {
      std::fprintf(stderr, "NAILBITER_MUTANT: no mutant '%s' in this build\n", id.c_str());
      std::exit(64);
    }
    if (colon != nullptr) hops = static_cast<unsigned>(std::strtoul(colon + 1, nullptr, 10));
  }

  void tell_once(std::atomic<bool>& told, const char* letter) const {
    if (told.exchange(true) || marks.empty()) return;
    if (std::FILE* file = std::fopen(marks.c_str(), "a")) {
      std::fputs(letter, file);
      std::fclose(file);
    }
  }
};

inline selection& awake() {
  static selection& chosen = *new selection;  // never destroyed: threads may outlive main
  return chosen;
}

inline const selection& read_before_main = awake();

inline bool on(std::string_view id) {
  const bool is_awake = awake().id == id;
  if (is_awake) awake().tell_once(awake().reached, "r");
  return is_awake;
}

/// Is what only an awake mutant asks about wrong now?
inline bool wrong(bool is_wrong) {
  if (is_wrong) awake().tell_once(awake().triggered, "t");
  return is_wrong;
}

inline unsigned hops() { return awake().hops; }

}  // namespace mutants
