#pragma once

// Where a case is played: the ports, the daemon's address, and how the target is made to run a puppet.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/actor/census_taker.hpp"
#include "harness/actor/client_process.hpp"
#include "reference/port/address.hpp"
#include "reference/port/world.hpp"

namespace nailbiter::actor {

/// Tells when the daemon has done with what a client has written. Asked again after look_again_ms until it says so.
class settling {
 public:
  static constexpr std::uint64_t look_again_ms = 1;

  virtual ~settling() = default;

  /// A new wait begins.
  virtual void begin() = 0;
  /// It has read all, or is not going to.
  virtual bool settled(const naild::port::byte_stream& stream) = 0;
};

/// Makes the daemon stand still while time goes on.
class standstill {
 public:
  virtual ~standstill() = default;

  /// From here on it does nothing. How many of the milliseconds are to be waited for before end(): none where time jumps.
  virtual std::uint64_t begin(std::uint64_t ms) = 0;
  virtual void end() = 0;
};

/// Plain values and borrowed ports, which outlive every actor of the case.
struct setting {
  naild::port::world world;
  naild::port::address daemon;
  std::vector<std::string> puppet_argv{};   // the command and its first arguments; empty: the target has no puppet
  std::vector<std::string> blocking_argv{};  // the same for the puppet that runs on a thread; empty: it has none
  std::vector<std::string> program_argv{};  // what stands before PROGRAM ARGS...; empty: the target cannot run programs
  std::string puppet_program{};             // the puppet executable, as a program that the target runs; empty: none
  std::string control_address{};            // text form for NAILBITER_CONTROL; empty: no control server
  client_processes* processes = nullptr;    // null: no client can have a process of its own
  settling* settle = nullptr;               // null: nobody waits for the daemon to read
  std::function<void()> stop_daemon{};      // as SIGTERM does, and again; empty: nothing stops this daemon
  standstill* stands_still = nullptr;       // null: nothing holds this daemon
  census_taker* census = nullptr;           // null: the target's resources cannot be counted
  std::size_t read_buffer_bytes = 16 * 1024;
  std::uint64_t late_run_ms = 0;            // how long to wait for the report of a run whose client left; 0 = not at all
};

/// Sessions of actors in step labels; the daemon's own count from 1.
constexpr std::uint32_t actor_session(std::uint32_t actor) noexcept { return 0x1000u + actor; }
constexpr std::uint32_t control_session = 0x0fffu;

}  // namespace nailbiter::actor
