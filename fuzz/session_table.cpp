#include "fuzz/session_table.hpp"

#include <optional>
#include <vector>

namespace fuzz {
namespace {

using namespace naild::session;

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

template <class Enum>
std::optional<Enum> named(std::string_view word, Enum last) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    if (word == name_of(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

// `-`, `reaction` or `reaction -> state`; without a state it stays where it is.
std::optional<cell> cell_of(std::string_view text, state from) {
  if (text == "-") return cell{reaction::ignore, from};
  const auto words = split(text, "->");
  const auto what = named(words.front(), reaction::close);
  const auto next = words.size() == 2 ? named(words.back(), state::closed) : std::optional(from);
  if (words.size() > 2 || !what || !next) return std::nullopt;
  return cell{*what, *next};
}

tl::unexpected<std::string> wrong(std::string_view line) { return tl::unexpected("no row of the table: " + std::string(line)); }

}  // namespace

tl::expected<session_table, std::string> session_table::parse(std::string_view text) {
  session_table made;
  auto lines = split(text, "\n");
  if (lines.back().empty()) lines.pop_back();
  if (lines.size() != input_count + 1) return wrong("there is not one for every input");
  for (std::size_t what = 0; what < input_count; ++what) {
    const std::string_view line = lines[what + 1];
    const auto columns = split(line, "|");
    if (columns.size() != state_count + 1 || columns.front() != name_of(static_cast<input>(what))) return wrong(line);
    for (std::size_t from = 0; from < state_count; ++from) {
      const auto found = cell_of(columns[from + 1], static_cast<state>(from));
      if (!found) return wrong(line);
      made.cells_[what][from] = *found;
    }
  }
  return made;
}

}  // namespace fuzz
