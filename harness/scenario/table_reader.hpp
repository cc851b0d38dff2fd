#pragma once

// Reads one table of a document by a fixed list of keys. Faults (unknown key, wrong type) are collected with file and
// line, not thrown, so that one pass over a file reports all of them. Knows nothing of what the keys mean.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/document.hpp"

namespace nailbiter::scenario {

/// Where faults of one file go.
class fault_list {
 public:
  explicit fault_list(std::string file) : file_(std::move(file)) {}

  void add(std::uint32_t line, std::string text) {
    errors_.push_back({.file = file_, .line = line, .text = std::move(text)});
  }
  bool empty() const noexcept { return errors_.empty(); }
  std::vector<load_error> take() { return std::move(errors_); }

 private:
  std::string file_;
  std::vector<load_error> errors_;
};

/// "unknown <what> 'word'; did you mean 'near'?"
std::string unknown_word(std::string_view what, std::string_view word, std::span<const std::string_view> known);

class table_reader {
 public:
  /// Reports keys of `from` that are not in `known` at once. All three must outlive the reader.
  table_reader(const table& from, std::span<const std::string_view> known, fault_list& faults);

  const node* find(std::string_view key) const;

  /// Each gives nullopt, or an empty list, when the key is absent, or is faulty (reported).
  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::int64_t> whole(std::string_view key) const;
  std::optional<bool> truth(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  const table* sub_table(std::string_view key) const;

  /// A string or a whole number, as text: what may name an axis.
  std::optional<std::string> word(std::string_view key) const;

  /// The key must be there and not be empty.
  std::string required_text(std::string_view key, std::uint32_t line_of_table) const;

  /// The line of `key`, or 0.
  std::uint32_t line(std::string_view key) const;

 private:
  void wrong_kind(std::string_view key, const node& found, std::string_view wanted) const;

  const table& from_;
  fault_list& faults_;
};

}  // namespace nailbiter::scenario
