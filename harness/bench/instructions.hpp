#pragma once

// User instructions of a daemon for one run, counted by callgrind where valgrind is installed.

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/bench/load.hpp"

namespace nailbiter::bench {

/// Starts `argv` under callgrind twice, with few and with many runs of `header` one after the other; the difference
/// leaves the start and the stop out. The error says why nothing was measured.
tl::expected<double, std::string> instructions_per_run(const std::vector<std::string>& argv, const std::string& socket_path,
                                                       const std::string& header);

/// The total of a callgrind output file; 0 if it names none.
double total_of(const std::string& callgrind_output);

}  // namespace nailbiter::bench
