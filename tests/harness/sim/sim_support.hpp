#pragma once

// What the tests of the simulated world share: a conversation over a listener, and loops over short reads and writes.

#include "harness/sim/world.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::sim::support {

constexpr task::step_label spawn_label{.session = 0, .kind = task::step_kind::spawn, .resource = 0};

inline void start(world& where, task::task<> work) {
  task::spawn(where.ports().strands.make_strand(0, "test"), std::move(work), spawn_label);
}

inline task::task<naild::base::io_result<void>> write_all(port::byte_stream& to, std::string_view rest) {
  while (!rest.empty()) {
    auto taken = co_await to.write_some(rest);
    if (!taken) co_return tl::unexpected(taken.error());
    rest.remove_prefix(*taken);
  }
  co_return naild::base::io_result<void>();
}

/// Appends to `got` until the stream ends and says how it ended.
inline task::task<naild::base::io_error> read_to_end(port::byte_stream& from, std::string& got) {
  char buffer[64];
  for (;;) {
    auto count = co_await from.read_some(buffer);
    if (!count) co_return count.error();
    got.append(buffer, *count);
  }
}

/// One client says `greeting` to a server that echoes until the end.
struct echo {
  world where;
  std::string greeting = "hello, echo";
  std::string answer;

  run_result execute(explore::strategy& decides, std::uint64_t seed) {
    answer.clear();
    where.begin(decides, seed);
    auto listening = where.listen("echo");
    start(where, serve(**listening));
    start(where, talk(where.ports().network));
    const run_result result = where.run();
    where.end();
    return result;
  }

 private:
  static task::task<> serve(port::listener& from) {
    port::stream_result accepted = co_await from.accept();
    if (!accepted) co_return;
    port::byte_stream& stream = **accepted;
    char buffer[64];
    for (;;) {
      auto count = co_await stream.read_some(buffer);
      if (!count) break;
      auto written = co_await write_all(stream, std::string_view(buffer, *count));
      if (!written) break;
    }
    stream.shutdown_write();
  }

  task::task<> talk(port::connector& network) {
    auto attempt = network.prepare(simulated_address("echo"));
    port::stream_result connected = co_await attempt->connect();
    if (!connected) co_return;
    auto written = co_await write_all(**connected, greeting);
    if (!written) co_return;
    (*connected)->shutdown_write();
    co_await read_to_end(**connected, answer);
  }
};

}  // namespace nailbiter::sim::support
