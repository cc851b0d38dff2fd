#include "reference/session/header.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "reference/wire/chunk.hpp"

namespace naild::session {
namespace {

bool has_nul(base::byte_view bytes) noexcept { return bytes.find('\0') != base::byte_view::npos; }

base::byte_view key_of(base::byte_view variable) noexcept { return variable.substr(0, variable.find('=')); }

// One allocation for the header of an ordinary run, instead of one at 1, 2, 4 and 8.
void append(std::vector<base::bytes>& list, base::bytes item) {
  constexpr std::size_t ordinary_items = 8;
  if (list.empty()) list.reserve(ordinary_items);
  list.push_back(std::move(item));
}

}  // namespace

std::optional<violation> header::admit(const event& what) {
  header_bytes_ += wire::chunk_header_bytes + what.payload.size();
  if (header_bytes_ > bounds_.header_bytes_max) return violation::header_too_long;

  switch (what.kind) {
    case event_kind::argument:
      if (has_nul(what.payload)) return violation::argument_has_nul;
      if (asked_.arguments.size() == bounds_.args_max) return violation::too_many_arguments;
      return std::nullopt;
    case event_kind::environment:
      if (has_nul(what.payload)) return violation::environment_has_nul;
      if (what.payload.find('=') == base::bytes::npos) return violation::environment_without_equals;
      if (asked_.environment.size() == bounds_.env_max) return violation::too_many_variables;
      return std::nullopt;
    case event_kind::working_dir:
      if (has_nul(what.payload)) return violation::working_dir_has_nul;
      return std::nullopt;
    case event_kind::command: return admit_command(what);
    default: return std::nullopt;
  }
}

// The last `D` wins, so only the one that is left at `C` is judged.
std::optional<violation> header::admit_command(const event& what) const {
  if (has_nul(what.payload)) return violation::command_has_nul;
  if (!has_working_dir_) return violation::working_dir_missing;
  if (!asked_.working_dir.starts_with('/')) return violation::working_dir_not_absolute;
  return std::nullopt;
}

void header::keep(event what) {
  switch (what.kind) {
    case event_kind::argument: return append(asked_.arguments, std::move(what.payload));
    case event_kind::environment: return append(asked_.environment, std::move(what.payload));
    case event_kind::working_dir:
      asked_.working_dir = std::move(what.payload);
      has_working_dir_ = true;
      return;
    case event_kind::command:
      asked_.command = std::move(what.payload);
      resolve_duplicates();
      return;
    default: return;
  }
}

/// Gives the first variable of each key the value of the last one and drops the others: n log n, whatever a client sends.
void header::resolve_duplicates() {
  auto& variables = asked_.environment;
  if (variables.size() < 2) return;
  std::vector<std::size_t> by_key(variables.size());
  std::iota(by_key.begin(), by_key.end(), std::size_t{0});
  std::ranges::sort(by_key, [&](std::size_t left, std::size_t right) {
    const int order = key_of(variables[left]).compare(key_of(variables[right]));
    return order != 0 ? order < 0 : left < right;
  });

  std::vector<std::size_t> dropped;
  for (std::size_t begin = 0, end = 0; begin < by_key.size(); begin = end) {
    const base::byte_view key = key_of(variables[by_key[begin]]);
    end = begin + 1;
    while (end < by_key.size() && key_of(variables[by_key[end]]) == key) dropped.push_back(by_key[end++]);
    if (end - begin > 1) variables[by_key[begin]].swap(variables[by_key[end - 1]]);
  }
  if (dropped.empty()) return;

  std::ranges::sort(dropped);
  std::size_t index = 0;
  auto next_dropped = dropped.begin();
  std::erase_if(variables, [&](const base::bytes&) {
    const bool drop = next_dropped != dropped.end() && *next_dropped == index;
    if (drop) ++next_dropped;
    ++index;
    return drop;
  });
}

}  // namespace naild::session
