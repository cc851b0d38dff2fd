#include "harness/globals/comparison.hpp"

#include <algorithm>
#include <cctype>
#include <span>

#include <fmt/core.h>

namespace nailbiter::globals {
namespace {

constexpr std::size_t word_bytes = 8;

std::string shown(std::uint64_t word) { return word == pointer_mark ? std::string("pointer") : fmt::format("0x{:x}", word); }

void compare_words(const std::string& name, const block& before, const block& after, std::vector<difference>& into) {
  const auto longest = std::max(before.words.size(), after.words.size());
  for (std::size_t i = 0; i < longest; ++i) {
    const std::string was = i < before.words.size() ? shown(before.words[i]) : "absent";
    const std::string is = i < after.words.size() ? shown(after.words[i]) : "absent";
    if (was != is) into.push_back({fmt::format("{}+{}", name, i * word_bytes), variable_of(name), was, is});
  }
}

}  // namespace

std::string variable_of(std::string_view place) {
  for (auto at = place.find('+'); at != place.npos; at = place.find('+', at + 1)) {
    auto end = at + 1;
    while (end < place.size() && std::isdigit(static_cast<unsigned char>(place[end]))) ++end;
    if (end > at + 1 && (end == place.size() || place.substr(end).starts_with("->"))) return std::string(place.substr(0, at));
  }
  return std::string(place);
}

std::vector<difference> differences(const snapshot& before, const snapshot& after) {
  std::vector<difference> all;
  for (const auto& [name, was] : before.blocks) {
    const auto is = after.blocks.find(name);
    if (is == after.blocks.end()) {
      all.push_back({name, variable_of(name), "there", "absent"});
    } else if (was != is->second) {
      compare_words(name, was, is->second, all);
    }
  }
  for (const auto& [name, is] : after.blocks) {
    if (!before.blocks.contains(name)) all.push_back({name, variable_of(name), "absent", "there"});
  }
  std::ranges::sort(all, {}, &difference::place);
  return all;
}

void noise::learn(const snapshot& before, const snapshot& after) {
  for (auto& one : differences(before, after)) places_.insert(std::move(one.place));
}

bool noise::touches(const std::string& block_name) const {
  const auto first = places_.lower_bound(block_name);
  return first != places_.end() && first->starts_with(block_name);
}

std::vector<std::string> holders_of(const snapshot& what, std::string_view secret) {
  std::vector<std::string> found;
  for (const auto& [name, one] : what.blocks) {
    const std::string_view bytes(reinterpret_cast<const char*>(one.words.data()), one.words.size() * word_bytes);
    if (bytes.find(secret) != bytes.npos) found.push_back(name);
  }
  return found;
}

}  // namespace nailbiter::globals
