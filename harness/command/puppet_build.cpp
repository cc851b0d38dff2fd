#include "harness/command/puppet_build.hpp"

#include <fmt/core.h>

#include "harness/target/process.hpp"

namespace nailbiter::command {
namespace {

constexpr target::milliseconds build_ms_max{180'000};
constexpr std::size_t told_bytes_max = 2'000;

}  // namespace

void use_built_puppet(live_setup& setup, const std::filesystem::path& folder) {
  const places where{{"build", folder.string()}};
  setup.build = placed(std::move(setup.build), where);
  setup.description.command = placed(std::move(setup.description.command), where);
  setup.description.puppet_argv = placed(std::move(setup.description.puppet_argv), where);
}

tl::expected<void, std::string> build_puppet(live_setup& setup, const std::filesystem::path& folder) {
  if (setup.build.empty() || !setup.missing.empty()) return {};
  std::error_code ec;
  std::filesystem::create_directories(folder, ec);
  if (ec) return tl::unexpected(fmt::format("cannot make {}: {}", folder.string(), ec.message()));
  use_built_puppet(setup, folder);
  auto builder = target::process::start(setup.build, folder.string() + ".log");
  if (!builder) return tl::unexpected(builder.error());
  const auto status = builder->wait(build_ms_max);
  if (status == 0) return {};
  return tl::unexpected(fmt::format("building the target's puppet failed: {}", builder->output(0, told_bytes_max)));
}

}  // namespace nailbiter::command
