#include "harness/target/daemon_limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nailbiter::target {
namespace {

using naild::daemon::limits;

struct limit_option {
  std::string_view name;
  void (*assign)(limits&, std::uint64_t);
};

template <auto Member>
constexpr limit_option option(std::string_view name) {
  return {name, [](limits& into, std::uint64_t value) {
            into.*Member = static_cast<std::remove_reference_t<decltype(into.*Member)>>(value);
          }};
}

constexpr std::array options{
    option<&limits::chunk_bytes_max>("chunk-bytes-max"),
    option<&limits::header_bytes_max>("header-bytes-max"),
    option<&limits::header_bytes_total_max>("header-bytes-total-max"),
    option<&limits::args_max>("args-max"),
    option<&limits::env_max>("env-max"),
    option<&limits::header_timeout_ms>("header-timeout-ms"),
    option<&limits::heartbeat_timeout_ms>("heartbeat-timeout-ms"),
    option<&limits::stdin_bytes_max>("stdin-bytes-max"),
    option<&limits::stdin_spill_max>("stdin-spill-max"),
    option<&limits::output_bytes_max>("output-bytes-max"),
    option<&limits::sessions_max>("sessions-max"),
    option<&limits::descriptors_max>("descriptors-max"),
    option<&limits::runs_max>("runs-max"),
    option<&limits::grace_ms>("grace-ms"),
    option<&limits::drain_ms>("drain-ms"),
    option<&limits::orphan_ms>("orphan-ms"),
    option<&limits::linger_ms>("linger-ms"),
    option<&limits::pool_threads_max>("pool-threads-max"),
    option<&limits::pool_lost_max>("pool-lost-max"),
};

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool assign(limits& into, std::string_view name, std::string_view value) {
  if (name == "stdin-grant") {
    if (value != "each" && value != "once") return false;
    into.stdin_grant = value == "each" ? naild::session::stdin_grant::each : naild::session::stdin_grant::once;
    return true;
  }
  const auto known = std::ranges::find(options, name, &limit_option::name);
  const auto number = number_of(value);
  if (known == options.end() || !number) return false;
  known->assign(into, *number);
  return true;
}

}  // namespace

tl::expected<limits, std::string> limits_of(const std::vector<std::string>& daemon_args) {
  limits bounds;
  for (std::size_t i = 0; i < daemon_args.size(); ++i) {
    const std::string_view whole = daemon_args[i];
    const auto equals = whole.find('=');
    std::string name(whole.substr(0, equals));
    std::string_view value;
    if (equals != whole.npos) {
      value = whole.substr(equals + 1);
    } else if (i + 1 < daemon_args.size()) {
      value = daemon_args[++i];
    }
    std::ranges::replace(name, '_', '-');
    if (!name.starts_with("--") || !assign(bounds, std::string_view(name).substr(2), value)) {
      return tl::unexpected("the simulated daemon has no option " + std::string(whole));
    }
  }
  return bounds;
}

}  // namespace nailbiter::target
