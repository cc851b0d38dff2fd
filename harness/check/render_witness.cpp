#include "harness/check/render_witness.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>

#include <fmt/core.h>

#include "harness/plan/c_escape.hpp"

namespace nailbiter::check {
namespace {

constexpr std::size_t witness_lines_max = 40;
constexpr std::size_t text_bytes_max = 24;
constexpr std::size_t column_width = 34;

std::string cell_of(const history::event& what) {
  std::string cell = history::name_of(what.kind);
  if (what.type != 0) cell += ' ' + plan::escaped(std::string_view(&what.type, 1));
  if (what.number != 0) cell += fmt::format(" {}", what.number);
  if (!what.text.empty())
    cell += " \"" + plan::escaped(std::string_view(what.text).substr(0, text_bytes_max)) +
            (what.text.size() > text_bytes_max ? "\"..." : "\"");
  return cell;
}

/// Actors in the order of the plan; the world's column comes last.
std::vector<std::uint32_t> columns_of(const history::history& observed, const std::vector<std::size_t>& shown) {
  std::vector<std::uint32_t> actors;
  for (const std::size_t at : shown) actors.push_back(observed.events[at].actor);
  std::ranges::sort(actors);
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  return actors;
}

std::string heading_of(const history::history& observed, std::uint32_t actor) {
  const auto& clients = observed.what.clients;
  return actor < clients.size() ? clients[actor].name : std::string("(world)");
}

void end_line(std::string& out) {
  while (!out.empty() && out.back() == ' ') out.pop_back();
  out += '\n';
}

/// `marked`: those of `shown` that get a '*'.
std::string table_of(const history::history& observed, const std::vector<std::size_t>& shown, const std::vector<std::size_t>& marked,
                     std::size_t lines_max) {
  const auto actors = columns_of(observed, shown);
  if (actors.empty()) return {};
  std::string out = fmt::format("{:>8} {:>12}  ", "event", "ms");
  for (const std::uint32_t actor : actors) out += fmt::format("{:<{}}", heading_of(observed, actor), column_width);
  end_line(out);
  for (const std::size_t at : std::span(shown).first(std::min(shown.size(), lines_max))) {
    const history::event& what = observed.events[at];
    const auto column = static_cast<std::size_t>(std::ranges::find(actors, what.actor) - actors.begin());
    const bool is_marked = std::ranges::find(marked, at) != marked.end();
    out += fmt::format("{:>8} {:>12.3f}{} {:<{}}{}", at, static_cast<double>(what.time_ns) / 1e6, is_marked ? '*' : ' ', "",
                       column * column_width, cell_of(what));
    end_line(out);
  }
  if (shown.size() > lines_max) out += fmt::format("{:>8} more\n", shown.size() - lines_max);
  return out;
}

}  // namespace

std::string render_witness(const history::history& observed, const verdict& found) {
  auto shown = found.witness;
  std::erase_if(shown, [&](std::size_t at) { return at >= observed.events.size(); });
  return table_of(observed, shown, {}, witness_lines_max);
}

std::string render_history(const history::history& observed, const verdict& found, std::size_t lines_max) {
  std::vector<std::size_t> shown(observed.events.size());
  std::iota(shown.begin(), shown.end(), 0u);
  return table_of(observed, shown, found.witness, lines_max);
}

}  // namespace nailbiter::check
