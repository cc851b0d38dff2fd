#include "harness/command/plan_words.hpp"

#include <fmt/core.h>

namespace nailbiter::command {

std::string steps_of(const plan::plan& what) {
  std::string text;
  for (const auto& who : what.clients) {
    text += fmt::format("  {}:", who.name);
    if (who.starts_at_turn != 0) text += fmt::format(" starts at turn {} /", who.starts_at_turn);
    for (const auto& step : who.script) text += fmt::format(" '{}'", step);
    if (who.script.empty() && !who.command.empty()) text += " (its command)";
    for (const auto& op : who.ops) text += " / " + plan::to_string(op);
    text += '\n';
  }
  return text;
}

}  // namespace nailbiter::command
