#include "harness/command/argument_words.hpp"

#include <algorithm>
#include <cstddef>

#include "harness/command/evidence.hpp"

namespace nailbiter::command {

argument_words split_at_exec(int argc, const char* const* argv) {
  argument_words split;
  split.own.assign(argv + 1, argv + argc);
  auto& words = split.own;
  const auto at = std::find(words.begin(), words.end(), "--exec");
  split.has_exec = at != words.end();
  if (split.has_exec) split.exec.assign(at + 1, words.end());
  words.erase(at, words.end());
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::string option = words[i - 2];
    const bool takes_two = option == "--puppet" || option == "--blocking-puppet";
    if (takes_two && words[i] == "{puppet}") words.insert(words.begin() + static_cast<std::ptrdiff_t>(i), option);
  }
  return split;
}

std::string shell_line(int argc, const char* const* argv) {
  std::string line = "nailbiter";
  for (int i = 1; i < argc; ++i) line += " " + shell_word(argv[i]);
  return line;
}

bool is_of_nobody(const target_choice& against) {
  const bool names_one = !against.target.empty() || !against.connect.empty() || !against.exec.empty();
  return !names_one && !(against.puppet.empty() && against.blocking.empty() && against.program.empty());
}

}  // namespace nailbiter::command
