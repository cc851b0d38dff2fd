#include "harness/report/witness_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/text.hpp"

namespace nailbiter::report {
namespace {

std::string who(const history::history& observed, std::uint32_t actor) {
  if (actor == history::no_actor) return "-";
  if (actor < observed.what.clients.size()) return observed.what.clients[actor].name;
  return fmt::format("#{}", actor);
}

std::string line_of(const history::history& observed, std::size_t index) {
  const auto& event = observed.events[index];
  std::string line = fmt::format("{:>6} {:>12.3f} ms  {:<10} {}", index, static_cast<double>(event.time_ns) / 1e6,
                                 printable(who(observed, event.actor), 24), history::name_of(event.kind));
  if (event.type != 0) line += fmt::format(" {}", printable(std::string_view(&event.type, 1), 4));
  if (event.number != 0) line += fmt::format(" {}", event.number);
  if (!event.text.empty()) line += fmt::format(" \"{}\"", printable(event.text, witness_text_max));
  return line + "\n";
}

}  // namespace

std::string witness_table(const history::history& observed, const std::vector<std::size_t>& witness) {
  std::string table;
  std::size_t printed = 0;
  for (const auto index : witness) {
    if (index >= observed.events.size()) continue;
    if (printed == witness_lines_max) {
      table += fmt::format("       ... and {} more\n", witness.size() - printed);
      break;
    }
    table += line_of(observed, index);
    ++printed;
  }
  return table;
}

}  // namespace nailbiter::report
