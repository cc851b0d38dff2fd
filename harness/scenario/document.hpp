#pragma once

// A TOML file as plain values that remember their line, in the order in which they were written. The only door to the
// TOML library; knows nothing of scenarios or profiles.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::scenario {

/// What is wrong with a file, and where. line 0 = the file as a whole.
struct load_error {
  std::string file;
  std::uint32_t line = 0;
  std::string text;

  friend bool operator==(const load_error&, const load_error&) = default;
};

/// "file:line: text"
std::string to_string(const load_error& error);

struct node;
struct entry;
using list = std::vector<node>;
using table = std::vector<entry>;

struct node {
  std::variant<std::string, std::int64_t, double, bool, list, table> value;
  std::uint32_t line = 0;
};

struct entry {
  std::string key;
  node value;
};

/// "a string", "a number", "a table", ...
std::string_view kind_of(const node& value) noexcept;

struct document {
  std::string file;
  table root;
};

tl::expected<document, load_error> parse_document(std::string_view text, std::string file);

/// Reads the file, then as above.
tl::expected<document, load_error> read_document(const std::string& file);

}  // namespace nailbiter::scenario
