#pragma once

// What a program does to its own process and to children that share its group and streams: for the puppet executable.
// Runs of the daemon never come here; their children are process_spawner's.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reference/base/bytes.hpp"
#include "reference/task/task.hpp"

namespace naild::io {

class loop;

/// The numbers of the descriptors that are open now, in order.
std::vector<int> open_descriptors();

bool is_terminal(int fd) noexcept;

/// Does a pipe or socket take at least a page now?
bool takes_a_page(int fd) noexcept;

/// One write(2), whatever the descriptor is; errors are ignored.
void write_plainly(int fd, base::byte_view text) noexcept;

/// Burns so much processor time on the calling thread.
void burn_processor_ms(std::uint64_t count) noexcept;

/// Leaves the process group, and the session with it; a group leader cannot, and then nothing happens.
void leave_session() noexcept;

/// Dies by the signal, with its default action and without a core file.
[[noreturn]] void die_by(int signal_number) noexcept;

enum class kinship : bool {
  same_group,
  own_session,  // signals for our group do not reach it
};

/// Starts this very program with other arguments and with our environment, streams and directory. -1 on failure.
int spawn_self(std::span<const base::bytes> arguments, kinship how);

/// To a child that has not been reaped.
void signal_child(int pid, int signal_number) noexcept;

/// Reaps the child once it has ended.
task::task<> until_ended(loop& where, int pid);

}  // namespace naild::io
