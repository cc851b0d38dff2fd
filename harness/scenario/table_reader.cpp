#include "harness/scenario/table_reader.hpp"

#include <algorithm>

#include "harness/plan/nearest.hpp"

namespace nailbiter::scenario {

std::string unknown_word(std::string_view what, std::string_view word, std::span<const std::string_view> known) {
  std::string text = "unknown " + std::string(what) + " '" + std::string(word) + "'";
  const std::string_view near = plan::nearest_word(word, known);
  if (!near.empty()) text += "; did you mean '" + std::string(near) + "'?";
  return text;
}

table_reader::table_reader(const table& from, std::span<const std::string_view> known, fault_list& faults)
    : from_(from), faults_(faults) {
  for (const auto& [key, value] : from) {
    if (std::ranges::find(known, key) == known.end()) faults_.add(value.line, unknown_word("key", key, known));
  }
}

const node* table_reader::find(std::string_view key) const {
  const auto found = std::ranges::find(from_, key, &entry::key);
  return found == from_.end() ? nullptr : &found->value;
}

std::uint32_t table_reader::line(std::string_view key) const {
  const node* found = find(key);
  return found == nullptr ? 0 : found->line;
}

void table_reader::wrong_kind(std::string_view key, const node& found, std::string_view wanted) const {
  faults_.add(found.line,
              "'" + std::string(key) + "' must be " + std::string(wanted) + ", not " + std::string(kind_of(found)));
}

std::optional<std::string> table_reader::text(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<std::string>(&found->value)) return *value;
  wrong_kind(key, *found, "a string");
  return std::nullopt;
}

std::optional<std::int64_t> table_reader::whole(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<std::int64_t>(&found->value)) return *value;
  wrong_kind(key, *found, "a whole number");
  return std::nullopt;
}

std::optional<bool> table_reader::truth(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<bool>(&found->value)) return *value;
  wrong_kind(key, *found, "a truth value");
  return std::nullopt;
}

std::optional<double> table_reader::number(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<double>(&found->value)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&found->value)) return static_cast<double>(*value);
  wrong_kind(key, *found, "a number");
  return std::nullopt;
}

std::optional<std::string> table_reader::word(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<std::string>(&found->value)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&found->value)) return std::to_string(*value);
  wrong_kind(key, *found, "a string or a whole number");
  return std::nullopt;
}

std::vector<std::string> table_reader::texts(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return {};
  const auto* items = std::get_if<list>(&found->value);
  if (items == nullptr) {
    wrong_kind(key, *found, "a list of strings");
    return {};
  }
  std::vector<std::string> values;
  for (const node& item : *items) {
    if (const auto* value = std::get_if<std::string>(&item.value)) {
      values.push_back(*value);
    } else {
      wrong_kind(key, item, "a list of strings");
    }
  }
  return values;
}

const table* table_reader::sub_table(std::string_view key) const {
  const node* found = find(key);
  if (found == nullptr) return nullptr;
  if (const auto* value = std::get_if<table>(&found->value)) return value;
  wrong_kind(key, *found, "a table");
  return nullptr;
}

std::string table_reader::required_text(std::string_view key, std::uint32_t line_of_table) const {
  if (find(key) == nullptr) {
    faults_.add(line_of_table, "'" + std::string(key) + "' is missing");
    return {};
  }
  auto value = text(key);
  if (value && value->empty()) faults_.add(line(key), "'" + std::string(key) + "' is empty");
  return value.value_or("");
}

}  // namespace nailbiter::scenario
