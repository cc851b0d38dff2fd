#include "harness/scenario/substitution.hpp"

#include "harness/scenario/table_reader.hpp"

namespace nailbiter::scenario {
namespace {

tl::expected<const std::vector<std::string>*, std::string> look_up(std::string_view name, const bindings& names) {
  const auto found = names.find(name);
  if (found != names.end()) return &found->second;
  std::vector<std::string_view> known;
  for (const auto& [word, texts] : names) known.push_back(word);
  return tl::unexpected(unknown_word("axis", name, known));
}

// A text that is filled in may itself have places ({n} in an op of an axis), but not without end.
constexpr int depth_max = 4;

tl::expected<std::string, std::string> fill(std::string_view text, const bindings& names, int depth) {
  if (depth > depth_max) return tl::unexpected("'" + std::string(text) + "' stands for itself");
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      result += text[at];
      continue;
    }
    if (text.substr(at).starts_with("{{")) {
      result += text[++at];
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos)
      return tl::unexpected("'{' without '}' in '" + std::string(text) + "'; write '{{' for a brace");
    const std::string_view name = text.substr(at + 1, end - at - 1);
    const auto texts = look_up(name, names);
    if (!texts) return tl::unexpected(texts.error());
    if ((*texts)->size() != 1)
      return tl::unexpected("'{" + std::string(name) + "}' stands for a list and must be a whole entry");
    const auto inner = fill((*texts)->front(), names, depth + 1);
    if (!inner) return inner;
    result += *inner;
    at = end;
  }
  return result;
}

}  // namespace

tl::expected<std::string, std::string> substituted(std::string_view text, const bindings& names) {
  return fill(text, names, 0);
}

tl::expected<std::vector<std::string>, std::string> substituted(const std::vector<std::string>& entries,
                                                                const bindings& names) {
  std::vector<std::string> result;
  for (const std::string& entry : entries) {
    std::vector<std::string> pieces{entry};
    if (entry.size() > 2 && entry.front() == '{' && entry.find('}') == entry.size() - 1) {
      const auto found = names.find(std::string_view(entry).substr(1, entry.size() - 2));
      if (found != names.end()) pieces = found->second;
    }
    for (const std::string& piece : pieces) {
      auto text = substituted(piece, names);
      if (!text) return tl::unexpected(text.error());
      result.push_back(std::move(*text));
    }
  }
  return result;
}

}  // namespace nailbiter::scenario
