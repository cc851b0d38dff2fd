#pragma once

// Which planted bug is awake: NAILBITER_MUTANT=ID or ID:HOPS in the environment of the program.

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace mutants {

struct selection {
  std::string id;
  unsigned hops = 0;
  selection() {
    const char* text = std::getenv("NAILBITER_MUTANT");
    if (text == nullptr) return;
    const char* colon = std::strchr(text, ':');
    id = colon == nullptr ? std::string(text) : std::string(text, colon);
    if (colon != nullptr) hops = static_cast<unsigned>(std::strtoul(colon + 1, nullptr, 10));
  }
};

inline const selection& awake() {
  static const selection chosen;
  return chosen;
}

inline bool on(std::string_view id) { return awake().id == id; }
inline unsigned hops() { return awake().hops; }

}  // namespace mutants
