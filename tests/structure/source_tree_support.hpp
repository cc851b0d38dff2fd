#pragma once

// The project's own sources as text, for rules that are checked rather than remembered.

#include <string>
#include <string_view>
#include <vector>

namespace structure {

struct source_file {
  std::string path;                // from the root, e.g. reference/wire/chunk.hpp
  std::vector<std::string> lines;  // without newlines
};

/// Every .cpp and .hpp below the named top-level folders, ordered by path.
std::vector<source_file> sources_below(const std::vector<std::string>& folders);

/// The folder a file belongs to: reference/wire/chunk.hpp -> reference/wire; reference/naild.cpp -> reference.
std::string folder_of(std::string_view path);

/// The line without comments and without the contents of string and character literals. `in_comment` carries a block
/// comment from line to line.
std::string code_of(std::string_view line, bool& in_comment);

/// The quoted or angled path of an #include line; empty for any other line.
std::string include_of(std::string_view line);

/// A function body: its first and its number of lines.
struct function_extent {
  std::size_t first_line = 0;  // from 1
  std::size_t line_count = 0;
};
std::vector<function_extent> functions_of(const source_file& file);

}  // namespace structure
