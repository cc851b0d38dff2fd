#include "harness/bench/instructions.hpp"

#include <charconv>
#include <fstream>
#include <iterator>

#include <fmt/core.h>

#include "harness/bench/process.hpp"

namespace nailbiter::bench {
namespace {

constexpr std::uint32_t few_runs = 50;
constexpr std::uint32_t many_runs = 550;
constexpr int start_ms_max = 60'000;
constexpr int stop_ms_max = 60'000;

tl::expected<double, std::string> total_with(std::vector<std::string> argv, const std::string& socket_path,
                                             const std::string& header, std::uint32_t runs) {
  const scratch_folder scratch;
  const auto output = scratch.file("callgrind.out");
  argv.insert(argv.begin(), {"valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + output});
  auto daemon = process::start(argv, scratch.file("log"));
  if (!daemon) return tl::unexpected(daemon.error());
  if (!daemon->await_socket(socket_path, start_ms_max)) return tl::unexpected(std::string("the daemon does not start under valgrind"));
  const auto done = generate({.socket_path = socket_path, .header = header, .connections = 1, .runs = runs});
  if (!done) return tl::unexpected(done.error());
  daemon->stop(stop_ms_max);
  std::ifstream file(output);
  const double total = total_of({std::istreambuf_iterator<char>(file), {}});
  if (total == 0) return tl::unexpected(std::string("callgrind wrote no total"));
  return total;
}

}  // namespace

double total_of(const std::string& callgrind_output) {
  for (const std::string_view key : {"summary:", "totals:"}) {
    const auto at = callgrind_output.find(key);
    if (at == callgrind_output.npos) continue;
    const auto begin = callgrind_output.find_first_of("0123456789", at);
    if (begin == callgrind_output.npos) continue;
    double total = 0;
    std::from_chars(callgrind_output.data() + begin, callgrind_output.data() + callgrind_output.size(), total);
    return total;
  }
  return 0;
}

tl::expected<double, std::string> instructions_per_run(const std::vector<std::string>& argv, const std::string& socket_path,
                                                       const std::string& header) {
  const auto few = total_with(argv, socket_path, header, few_runs);
  if (!few) return few;
  const auto many = total_with(argv, socket_path, header, many_runs);
  if (!many) return many;
  return (*many - *few) / (many_runs - few_runs);
}

}  // namespace nailbiter::bench
