#include "harness/scenario/known_failures.hpp"

#include <algorithm>
#include <array>

#include "harness/scenario/glob.hpp"
#include "harness/scenario/table_reader.hpp"

namespace nailbiter::scenario {
namespace {

using found_entries = tl::expected<std::vector<known_failure>, std::vector<load_error>>;

constexpr std::array<std::string_view, 1> file_keys{"known"};
constexpr std::array<std::string_view, 5> entry_keys{"case", "checker", "reason", "evidence", "rate"};

std::optional<double> fraction(const node& from) {
  if (const auto* real = std::get_if<double>(&from.value)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&from.value)) return static_cast<double>(*whole);
  return std::nullopt;
}

std::optional<failure_rate> read_rate(const table_reader& in, fault_list& faults) {
  const node* from = in.find("rate");
  if (from == nullptr) return std::nullopt;
  if (const auto* bounds = std::get_if<list>(&from->value); bounds != nullptr && bounds->size() == 2) {
    const auto low = fraction(bounds->front());
    const auto high = fraction(bounds->back());
    if (low && high && 0 <= *low && *low <= *high && *high <= 1) return failure_rate{.low = *low, .high = *high};
  }
  faults.add(from->line, "'rate' must be two numbers from 0 to 1, the lower one first");
  return std::nullopt;
}

known_failure read_entry(const table& from, std::uint32_t line, fault_list& faults) {
  const table_reader in(from, entry_keys, faults);
  known_failure entry;
  entry.pattern = in.required_text("case", line);
  entry.checker = in.required_text("checker", line);
  entry.reason = in.required_text("reason", line);
  entry.evidence = in.text("evidence").value_or("");
  entry.rate = read_rate(in, faults);
  entry.line = line;
  return entry;
}

found_entries read_entries(const document& from) {
  fault_list faults(from.file);
  const table_reader in(from.root, file_keys, faults);
  std::vector<known_failure> entries;
  const node* known = in.find("known");
  const list* items = known == nullptr ? nullptr : std::get_if<list>(&known->value);
  if (known != nullptr && items == nullptr) faults.add(known->line, "'known' must be written as [[known]]");
  for (const node& item : items == nullptr ? list{} : *items) {
    if (const auto* fields = std::get_if<table>(&item.value)) {
      entries.push_back(read_entry(*fields, item.line, faults));
    } else {
      faults.add(item.line, "'known' must be written as [[known]]");
    }
  }
  if (!faults.empty()) return tl::unexpected(faults.take());
  return entries;
}

}  // namespace

found_entries parse_known_failures(std::string_view text, const std::string& file) {
  const auto parsed = parse_document(text, file);
  if (!parsed) return tl::unexpected(std::vector{parsed.error()});
  return read_entries(*parsed);
}

found_entries read_known_failures(const std::string& file) {
  const auto parsed = read_document(file);
  if (!parsed) return tl::unexpected(std::vector{parsed.error()});
  return read_entries(*parsed);
}

const known_failure* find_known(const std::vector<known_failure>& all, std::string_view case_id) noexcept {
  const auto found =
      std::ranges::find_if(all, [&](const known_failure& one) { return matches_case(one.pattern, case_id); });
  return found == all.end() ? nullptr : &*found;
}

const known_failure* find_known(const std::vector<known_failure>& all, std::string_view case_id,
                                std::string_view checker, std::string_view reason) noexcept {
  const auto found = std::ranges::find_if(all, [&](const known_failure& one) {
    return one.checker == checker && one.reason == reason && matches_case(one.pattern, case_id);
  });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace nailbiter::scenario
