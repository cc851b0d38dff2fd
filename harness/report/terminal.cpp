#include "harness/report/terminal.hpp"

#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace nailbiter::report {

watched is_terminal(std::FILE* stream) noexcept {
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  return !dumb && ::isatty(::fileno(stream)) == 1 ? watched::yes : watched::no;
}

colour colour_for(std::FILE* stream) noexcept {
  const char* unwanted = std::getenv("NO_COLOR");
  const bool wanted = unwanted == nullptr || *unwanted == '\0';
  return wanted && is_terminal(stream) == watched::yes ? colour::on : colour::off;
}

}  // namespace nailbiter::report
