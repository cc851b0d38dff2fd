#include "harness/scenario/document.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "reference/base/toml_library.hpp"

namespace nailbiter::scenario {
namespace {

node converted(const toml::node& from);

list converted_list(const toml::array& from) {
  list items;
  for (const toml::node& item : from) items.push_back(converted(item));
  return items;
}

// The library sorts keys by name; their places in the file give the order back.
table converted_table(const toml::table& from) {
  std::vector<std::pair<toml::source_position, entry>> placed;
  for (const auto& [key, value] : from) {
    placed.emplace_back(key.source().begin, entry{std::string(key.str()), converted(value)});
  }
  std::ranges::stable_sort(placed, [](const auto& left, const auto& right) { return left.first < right.first; });
  table entries;
  for (auto& item : placed) entries.push_back(std::move(item.second));
  return entries;
}

node converted(const toml::node& from) {
  node to{.value = std::string(), .line = from.source().begin.line};
  if (const auto* items = from.as_array()) to.value = converted_list(*items);
  if (const auto* entries = from.as_table()) to.value = converted_table(*entries);
  if (const auto* text = from.as_string()) to.value = text->get();
  if (const auto* whole = from.as_integer()) to.value = whole->get();
  if (const auto* real = from.as_floating_point()) to.value = real->get();
  if (const auto* truth = from.as_boolean()) to.value = truth->get();
  return to;
}

}  // namespace

std::string to_string(const load_error& error) {
  if (error.line == 0) return error.file + ": " + error.text;
  return error.file + ':' + std::to_string(error.line) + ": " + error.text;
}

std::string_view kind_of(const node& value) noexcept {
  static constexpr std::array<std::string_view, 6> names{"a string",      "a whole number", "a number",
                                                         "a truth value", "a list",         "a table"};
  return names[value.value.index()];
}

tl::expected<document, load_error> parse_document(std::string_view text, std::string file) {
  const auto parsed = naild::base::parse_toml(text);
  if (!parsed) return tl::unexpected(load_error{.file = std::move(file), .line = parsed.error().line, .text = parsed.error().text});
  return document{.file = std::move(file), .root = converted_table(*parsed)};
}

tl::expected<document, load_error> read_document(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return tl::unexpected(load_error{.file = file, .line = 0, .text = "cannot be read"});
  return parse_document(std::string(std::istreambuf_iterator<char>(in), {}), file);
}

}  // namespace nailbiter::scenario
