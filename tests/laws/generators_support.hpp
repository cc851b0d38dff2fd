#pragma once

// Random clients of a plan, small ones first, that shrink: ops of a script drop out, texts and numbers get smaller.
// All that is generated behaves in the same way whenever it is run alone.

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "harness/plan/plan.hpp"

namespace nailbiter::plan {

/// How rapidcheck prints a counter-example: the client as a plan's JSON.
void showValue(const client& who, std::ostream& out);

}  // namespace nailbiter::plan

namespace nailbiter::laws {

enum class waits : bool { never, at_tokens };

/// A run that ends by itself with deterministic output. With `waits::at_tokens` it may wait for its client on the way.
rc::Gen<plan::client> a_client(std::string name, waits how = waits::at_tokens);

/// How a neighbour that does not stay until the end goes, or goes wrong.
enum class departure : std::uint8_t {
  stays,
  half_closes_at_once,
  closes_at_once,
  resets_at_once,
  closes_after_output,
  half_closes_while_it_hangs,
  closes_while_it_hangs,
  sends_an_unknown_chunk,
  sends_garbage_for_a_header,
  leaves_a_flood_unread,
};

/// A client that departs so. Those that stay are like a_client's.
rc::Gen<plan::client> a_client_that(std::string name, departure how);

/// Any of them.
rc::Gen<plan::client> a_neighbour(std::string name);

/// Does what this client observes depend on nothing but itself? Not when it leaves in mid-run.
bool stays(const plan::client& who);

/// KEY=VALUE of any bytes but NUL, keys that repeat and empty values included.
rc::Gen<std::vector<std::string>> an_environment();

/// Bytes, mostly printable.
rc::Gen<std::string> some_text();

rc::Gen<std::uint64_t> a_seed();

/// The chunks of the header of a client with a script, as any client would send them; joined they are the header.
std::vector<std::string> header_chunks(const plan::client& who);

plan::plan plan_of(std::vector<plan::client> clients, std::vector<std::string> daemon_args = {});

}  // namespace nailbiter::laws
