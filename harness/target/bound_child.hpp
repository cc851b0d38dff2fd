#pragma once

// Starts a program that does not outlive the harness: when the starting thread ends, by a SIGKILL too, the kernel kills
// the child. Only between fork and exec can that be asked for. What the child starts in its turn is not bound.

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>
#include <tl/expected.hpp>

namespace nailbiter::target {

/// A group of its own, every signal as a program expects it, standard output and error to `log`, which begins empty;
/// standard input is `standard_in`, borrowed, or empty if that is -1. The first word is looked up as a shell does. The
/// error is an errno: of the program, or of what had to be opened for it.
tl::expected<pid_t, int> start_bound_child(const std::vector<std::string>& argv, const std::filesystem::path& log, int standard_in);

}  // namespace nailbiter::target
