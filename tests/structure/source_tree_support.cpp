#include "tests/structure/source_tree_support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace structure {
namespace {

source_file read(const std::filesystem::path& root, const std::filesystem::path& path) {
  source_file file{.path = path.lexically_relative(root).string(), .lines = {}};
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
  return file;
}

bool is_source(const std::filesystem::path& path) { return path.extension() == ".cpp" || path.extension() == ".hpp"; }

bool mentions(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }

// A brace opens a scope that holds declarations, a function body, or something smaller.
bool opens_declarations(std::string_view head) {
  for (const std::string_view word : {"namespace", "class ", "struct ", "union ", "enum ", "extern \"\""}) {
    if (mentions(head, word) && !mentions(head, "(")) return true;
  }
  return mentions(head, "namespace");
}

bool opens_function(std::string_view head) { return mentions(head, ")") && !mentions(head, "= "); }

}  // namespace

std::vector<source_file> sources_below(const std::vector<std::string>& folders) {
  const std::filesystem::path root = NAILBITER_SOURCE_DIR;
  std::vector<source_file> files;
  for (const std::string& folder : folders) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file() && is_source(entry.path())) files.push_back(read(root, entry.path()));
    }
  }
  std::ranges::sort(files, {}, &source_file::path);
  return files;
}

std::string folder_of(std::string_view path) { return std::string(path.substr(0, path.rfind('/'))); }

std::string code_of(std::string_view line, bool& in_comment) {
  std::string code;
  char quote = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const char following = at + 1 < line.size() ? line[at + 1] : '\0';
    if (in_comment) {
      if (c == '*' && following == '/') in_comment = false, ++at;
    } else if (quote != 0) {
      if (c == '\\') ++at;
      if (c == quote) quote = 0, code += c;
    } else if (c == '/' && following == '/') {
      break;
    } else if (c == '/' && following == '*') {
      in_comment = true, ++at;
    } else {
      const bool digit_separator = c == '\'' && at > 0 && std::isalnum(static_cast<unsigned char>(line[at - 1])) != 0;
      if ((c == '"' || c == '\'') && !digit_separator) quote = c;
      code += c;
    }
  }
  return code;
}

std::string include_of(std::string_view line) {
  constexpr std::string_view directive = "#include ";
  if (!line.starts_with(directive) || line.size() < directive.size() + 2) return {};
  const auto end = line.find_last_of("\">");
  return std::string(line.substr(directive.size() + 1, end - directive.size() - 1));
}

std::vector<function_extent> functions_of(const source_file& file) {
  std::vector<function_extent> found;
  std::string head;             // code since the last ';', '{' or '}'
  std::size_t declarations = 0;  // depth of scopes that hold declarations
  std::size_t inside = 0;        // depth below a function's or an initialiser's first brace
  bool in_comment = false;
  bool is_function = false;
  std::size_t first_line = 0;
  for (std::size_t number = 1; number <= file.lines.size(); ++number) {
    if (file.lines[number - 1].starts_with("#")) continue;
    for (const char c : code_of(file.lines[number - 1], in_comment)) {
      if (c == '{') {
        if (inside > 0) {
          ++inside;
        } else if (opens_declarations(head)) {
          ++declarations;
        } else {
          inside = 1;
          is_function = opens_function(head);
          first_line = number;
        }
        head.clear();
      } else if (c == '}') {
        if (inside == 0) {
          if (declarations > 0) --declarations;
        } else if (--inside == 0 && is_function) {
          found.push_back({.first_line = first_line, .line_count = number - first_line + 1});
        }
        head.clear();
      } else if (c == ';') {
        head.clear();
      } else {
        head += c;
      }
    }
    head += ' ';
  }
  return found;
}

}  // namespace structure
