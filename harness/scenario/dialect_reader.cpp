#include "harness/scenario/dialect_reader.hpp"

#include <algorithm>

namespace nailbiter::scenario {

void read_dialect(const table& from, dialect& to, fault_list& faults) {
  std::vector<std::string_view> names;
  for (const dialect_axis& axis : dialect_axes()) names.push_back(axis.name);
  const table_reader in(from, names, faults);
  for (const auto& [name, given] : from) {
    const dialect_axis* axis = find_dialect_axis(name);
    const auto value = axis == nullptr ? std::nullopt : in.word(name);
    if (!value) continue;
    if (std::ranges::find(axis->values, *value) == axis->values.end()) {
      faults.add(given.line, unknown_word("value of " + name, *value, axis->values));
    }
    to[name] = *value;
  }
}

}  // namespace nailbiter::scenario
