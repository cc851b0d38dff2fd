#pragma once

// The processes below one process, from /proc. Races with them: who is born or dies meanwhile may be missed.

#include <cstdint>
#include <filesystem>
#include <functional>

namespace nailbiter::target {

std::filesystem::path proc_of(std::int32_t pid);

/// Each thread's folder in /proc. False: they cannot be listed.
bool for_each_thread(std::int32_t pid, const std::function<void(const std::filesystem::path&)>& visit);

/// Each descendant, parents first, with its depth: 1 for a child.
void for_each_descendant(std::int32_t pid, const std::function<void(std::int32_t pid, int depth)>& visit);

}  // namespace nailbiter::target
