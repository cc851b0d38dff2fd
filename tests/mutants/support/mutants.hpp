#pragma once

// Which planted bug is awake: NAILBITER_MUTANT=ID or ID:HOPS in the environment of the program. Its place in the code
// is reached when it is asked for: then, at the end, the file named by NAILBITER_MUTANT_REACHED is made.

#include <algorithm>
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
  bool reached = false;

  selection() {
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

  ~selection() {
    const char* path = std::getenv("NAILBITER_MUTANT_REACHED");
    if (!reached || path == nullptr) return;
    if (std::FILE* file = std::fopen(path, "w")) std::fclose(file);
  }
};

inline selection& awake() {
  static selection chosen;
  return chosen;
}

inline bool on(std::string_view id) {
  const bool is_awake = awake().id == id;
  if (is_awake) awake().reached = true;
  return is_awake;
}
inline unsigned hops() { return awake().hops; }

}  // namespace mutants
