#include "harness/power/bug_set.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/scenario/table_reader.hpp"

namespace nailbiter::power {
namespace {

using scenario::table_reader;

constexpr std::array<std::string_view, 2> set_keys{"title", "bug"};
constexpr std::array<std::string_view, 3> bug_keys{"id", "hops", "smallest"};

}  // namespace

tl::expected<std::vector<mutant>, std::string> load_set(const std::filesystem::path& file, const std::vector<mutant>& catalogue) {
  const auto document = scenario::read_document(file.string());
  if (!document) return tl::unexpected(to_string(document.error()));
  scenario::fault_list faults(file.string());
  const table_reader in(document->root, set_keys, faults);
  (void)in.required_text("title", 1);
  std::vector<mutant> bugs;
  const auto* found = in.find("bug");
  const auto* list = found == nullptr ? nullptr : std::get_if<scenario::list>(&found->value);
  if (list == nullptr || list->empty()) faults.add(1, "it names no [[bug]]");
  for (const auto& each : list == nullptr ? scenario::list{} : *list) {
    const auto* one = std::get_if<scenario::table>(&each.value);
    if (one == nullptr) continue;
    const table_reader bug(*one, bug_keys, faults);
    const auto id = bug.required_text("id", each.line);
    const auto known = std::ranges::find(catalogue, id, &mutant::id);
    if (known == catalogue.end()) {
      faults.add(each.line, "no mutant '" + id + "' in the catalogue");
      continue;
    }
    bugs.push_back(*known);
    if (const auto hops = bug.whole("hops")) {
      bugs.back().hops = *hops;
      bugs.back().name = waking_word(bugs.back());
    }
  }
  if (!faults.empty()) return tl::unexpected(to_string(faults.take().front()));
  return bugs;
}

}  // namespace nailbiter::power
