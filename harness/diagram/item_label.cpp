#include "harness/diagram/item_label.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/core.h>

#include "harness/plan/c_escape.hpp"

namespace nailbiter::diagram {
namespace {

using history::event_kind;

constexpr std::size_t text_bytes_max = 24;

std::string shown(std::string_view text) {
  return plan::escaped(text.substr(0, text_bytes_max)) + (text.size() > text_bytes_max ? "..." : "");
}

std::string chunk_label(const history::event& what) {
  const std::string type = plan::escaped(std::string_view(&what.type, 1));
  if (what.type == 'X') return "X " + shown(what.text);
  if (what.kind == event_kind::sent_chunk) return what.number == 0 ? type : fmt::format("{} {} B", type, what.number);
  if (what.text.size() > text_bytes_max) return fmt::format("{} {} B \"{}", type, what.text.size(), shown(what.text));
  return what.text.empty() ? type : fmt::format("{} \"{}\"", type, shown(what.text));
}

/// "half_closed" -> "half closed", "run_at" -> "at".
std::string words_of(event_kind kind) {
  std::string_view name = history::name_of(kind);
  if (name.starts_with("run_")) name.remove_prefix(4);
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  return words;
}

}  // namespace

std::string label_of(const history::event& what) {
  switch (what.kind) {
    case event_kind::sent_chunk:
    case event_kind::received_chunk:
      return chunk_label(what);
    case event_kind::sent_header:
      return "header";
    case event_kind::sent_bytes:
      return fmt::format("raw {} B", what.number);
    case event_kind::received_end:
      return "end";
    case event_kind::received_reset:
      return "reset";
    case event_kind::run_exit:
      return fmt::format("exit {}", what.number);
    case event_kind::census:
      return fmt::format("census {} {}", shown(what.text), what.number);
    default:
      return words_of(what.kind) + (what.text.empty() ? "" : " " + shown(what.text));
  }
}

}  // namespace nailbiter::diagram
