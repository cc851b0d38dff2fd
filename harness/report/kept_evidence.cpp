#include "harness/report/kept_evidence.hpp"

#include "harness/history/history_text.hpp"
#include "harness/report/bounded_file.hpp"
#include "harness/report/run_folder.hpp"

namespace nailbiter::report {
namespace {

// A page holds many failures: one that is longer is shown by its folder alone.
constexpr std::uintmax_t shown_bytes_max = 32u << 20;

}  // namespace

case_evidence kept_evidence(const std::filesystem::path& run_folder, const case_record& one) {
  const auto folder = run_folder::at(run_folder).case_folder(one.id);
  case_evidence kept;
  auto observed = history::from_text(content_of(folder / "history.txt", shown_bytes_max).value_or(""));
  if (!observed) return kept;
  kept.observed = std::move(*observed);
  kept.wire_log = content_of(folder / "wire.log", shown_bytes_max).value_or("");
  return kept;
}

}  // namespace nailbiter::report
