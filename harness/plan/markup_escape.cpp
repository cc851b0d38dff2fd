#include "harness/plan/markup_escape.hpp"

#include "harness/plan/c_escape.hpp"

namespace nailbiter::plan {

std::string markup_escaped(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    switch (byte) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      case '\n': out += "&#10;"; break;
      case '\\': out += byte; break;
      default: out += escaped(std::string_view(&byte, 1));
    }
  }
  return out;
}

}  // namespace nailbiter::plan
