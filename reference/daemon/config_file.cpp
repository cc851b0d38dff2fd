#include "reference/daemon/config_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/core.h>

#include "reference/base/toml_library.hpp"
#include "reference/nail/administration.hpp"

namespace naild::daemon {
namespace {

using failure = tl::unexpected<std::string>;

// A file cannot replace what clients rely on.
constexpr std::array<std::string_view, 3> built_in{"exec", "puppet", "puppet-blocking"};

failure fault(const toml::node& where, std::string_view text) {
  return failure(fmt::format("line {}: {}", where.source().begin.line, text));
}

std::optional<std::string> word_of(const toml::node& from) {
  if (const auto* text = from.as_string()) return text->get();
  if (const auto* whole = from.as_integer()) return std::to_string(whole->get());
  if (const auto* truth = from.as_boolean()) return std::string(truth->get() ? "true" : "false");
  return std::nullopt;
}

// A value, or a list of values.
std::optional<std::vector<std::string>> words_of(const toml::node& from) {
  const auto* items = from.as_array();
  std::vector<std::string> words;
  if (items == nullptr) {
    auto word = word_of(from);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
    return words;
  }
  for (const toml::node& item : *items) {
    auto word = word_of(item);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
  }
  return words;
}

tl::expected<configured_command, std::string> command_of(std::string_view name, const toml::node& from) {
  constexpr std::string_view right_form = "a command is [commands.NAME] with exec = [\"PROGRAM\", \"ARGUMENT\", ...] and nothing else";
  if (std::ranges::find(built_in, name) != built_in.end() || name.starts_with(nail::administration_prefix)) return fault(from, fmt::format("the command '{}' is built in", name));
  const auto* entries = from.as_table();
  const toml::node* exec = entries == nullptr || entries->size() != 1 ? nullptr : entries->get("exec");
  const auto* words = exec == nullptr ? nullptr : exec->as_array();
  if (words == nullptr || words->empty() || !words->is_homogeneous<std::string>()) return fault(from, right_form);
  configured_command made{.name = base::bytes(name), .exec = {}};
  for (const toml::node& word : *words) made.exec.push_back(word.as_string()->get());
  return made;
}

tl::expected<configuration, std::string> configuration_of(const toml::table& root) {
  configuration made;
  for (const auto& [key, value] : root) {
    if (key == "commands" && value.is_table()) {
      for (const auto& [name, body] : *value.as_table()) {
        auto command = command_of(name.str(), body);
        if (!command) return failure(command.error());
        made.commands.push_back(std::move(*command));
      }
      continue;
    }
    if (value.is_table()) return fault(value, fmt::format("'{}' is no option; tables are [commands.NAME] only", key.str()));
    auto words = words_of(value);
    if (!words) return fault(value, fmt::format("'{}' wants a text, a whole number, true, false, or a list of these", key.str()));
    made.options.push_back({.name = std::string(key.str()), .values = std::move(*words)});
  }
  return made;
}

}  // namespace

tl::expected<configuration, std::string> parse_configuration(std::istream& text) {
  const auto parsed = base::parse_toml(text);
  if (parsed) return configuration_of(*parsed);
  const base::toml_fault& fault = parsed.error();
  return failure(fault.line == 0 ? fault.text : fmt::format("line {}: {}", fault.line, fault.text));
}

}  // namespace naild::daemon
