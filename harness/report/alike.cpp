#include "harness/report/alike.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

#include "harness/report/comparison.hpp"

namespace nailbiter::report {
namespace {

bool is_digit(char byte) noexcept { return std::isdigit(static_cast<unsigned char>(byte)) != 0; }

/// Each number becomes '#'.
std::string without_numbers(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool goes_on = i > 0 && is_digit(text[i]) && is_digit(text[i - 1]);
    if (!goes_on) out += is_digit(text[i]) ? '#' : text[i];
  }
  return out;
}

using cell_kind = std::tuple<std::string_view, std::string, check::reason, std::string, std::vector<std::string>>;

cell_kind kind_of(const table_cell& cell) {
  if (cell.worst == nullptr) return {};
  const auto& one = *cell.worst;
  if (!is_explained(one)) return {word_of(one), {}, {}, {}, {}};
  return {word_of(one), one.summary.checker, one.summary.why, without_numbers(one.summary.detail), one.requires_ids};
}

std::size_t urgency_of(std::string_view word) noexcept {
  return static_cast<std::size_t>(std::ranges::find(standing_words, word) - std::begin(standing_words));
}

std::string_view word_of_row(const table_row& row) noexcept {
  std::string_view worst = standing_words[std::size(standing_words) - 1];
  for (const auto& cell : row.cells) {
    if (cell.worst != nullptr && urgency_of(word_of(*cell.worst)) < urgency_of(worst)) worst = word_of(*cell.worst);
  }
  return worst;
}

bool has_explained(const table_row& row) noexcept {
  return std::ranges::any_of(row.cells, [](const auto& cell) { return cell.worst != nullptr && is_explained(*cell.worst); });
}

bool differs(const std::vector<table_cell>& cells) {
  return std::ranges::any_of(cells, [&](const auto& cell) { return outcome_text(cell.worst) != outcome_text(cells.front().worst); });
}

}  // namespace

std::string_view word_of(const case_record& one) noexcept {
  if (one.against_known == standing::unexpected_pass) return "unexpected";
  if (one.against_known == standing::known) return "known";
  return name_of(one.summary.result);
}

bool is_explained(const case_record& one) noexcept {
  return one.summary.result == check::outcome::fail || one.summary.result == check::outcome::unknown;
}

std::vector<alike_rows> rows_by_urgency(const std::vector<campaign>& all) {
  std::vector<alike_rows> groups;
  std::map<std::vector<cell_kind>, std::size_t> known_kinds;  // to the group's place
  for (auto& [id, cells] : case_table(all)) {
    table_row row{.id = id, .cells = cells, .differs = differs(cells)};
    std::vector<cell_kind> kind;
    for (const auto& cell : cells) kind.push_back(kind_of(cell));
    const auto place = has_explained(row) ? known_kinds.emplace(std::move(kind), groups.size()).first->second : groups.size();
    if (place == groups.size()) groups.push_back({.word = word_of_row(row), .rows = {}});
    groups[place].rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(groups, {}, [](const auto& each) { return urgency_of(each.word); });
  return groups;
}

}  // namespace nailbiter::report
