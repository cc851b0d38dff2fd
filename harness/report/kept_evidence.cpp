#include "harness/report/kept_evidence.hpp"

#include <fstream>
#include <iterator>

#include "harness/history/history_text.hpp"
#include "harness/report/run_folder.hpp"

namespace nailbiter::report {
namespace {

constexpr std::uintmax_t file_bytes_max = 32u << 20;

std::string content_of(const std::filesystem::path& path) {
  std::error_code ec;
  const auto size = std::filesystem::file_size(path, ec);
  if (ec || size > file_bytes_max) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

case_evidence kept_evidence(const std::filesystem::path& run_folder, const case_record& one) {
  const auto folder = run_folder::at(run_folder).case_folder(one.id);
  case_evidence kept;
  auto observed = history::from_text(content_of(folder / "history.txt"));
  if (!observed) return kept;
  kept.observed = std::move(*observed);
  kept.wire_log = content_of(folder / "wire.log");
  return kept;
}

}  // namespace nailbiter::report
