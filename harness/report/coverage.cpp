#include "harness/report/coverage.hpp"

#include <fmt/core.h>

namespace nailbiter::report {

std::string coverage_line(const coverage& of) {
  if (of.all() == 0) return {};
  return fmt::format("MUSTs exercised: {} of {} ({} %)", of.exercised.size(), of.all(), of.percent());
}

}  // namespace nailbiter::report
