#pragma once

// The daemon's core in a simulated world, and clients for it that are tasks of their own.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/sim/spill_files.hpp"
#include "harness/sim/world.hpp"
#include "reference/daemon/server.hpp"
#include "reference/nail/administration.hpp"
#include "reference/nail/exec.hpp"
#include "reference/nail/puppet_nail.hpp"
#include "reference/nail/registry.hpp"
#include "reference/task/spawn.hpp"
#include "reference/wire/decoder.hpp"
#include "reference/wire/encoder.hpp"

namespace naild::daemon::support {

using namespace nailbiter;
using type = wire::client_chunk_type;

constexpr task::step_label start_label{.session = 0, .kind = task::step_kind::spawn, .resource = 0};

class quiet_log final : public port::log_sink {
 public:
  void write(port::severity level, std::uint32_t, std::string_view text) noexcept override {
    if (level >= port::severity::warning) lines.emplace_back(text);
  }
  std::vector<std::string> lines;
};

/// What one client has sent and seen.
class client {
 public:
  explicit client(sim::world& where) : where_(where) {}

  task::task<bool> open() {
    attempt_ = where_.ports().network.prepare(sim::simulated_address("naild"));
    auto connected = co_await attempt_->connect();
    if (!connected) co_return false;
    stream = std::move(*connected);
    co_return true;
  }

  task::task<bool> send(std::string bytes) {
    for (base::byte_view rest = bytes; !rest.empty();) {
      const auto taken = co_await stream->write_some(rest);
      if (!taken) co_return false;
      sent_bytes += *taken;
      rest.remove_prefix(*taken);
    }
    co_return true;
  }

  /// One read; false when the stream has ended.
  task::task<bool> receive() {
    const auto got = co_await stream->read_some(std::span<char>(buffer_));
    if (!got) {
      ended = got.error();
      co_return false;
    }
    decoder_.push(base::byte_view(buffer_.data(), *got));
    for (auto next = decoder_.next(); next && *next; next = decoder_.next()) take(**next);
    co_return true;
  }

  task::task<> receive_to_end() {
    for (bool more = true; more;) more = co_await receive();
  }

  std::unique_ptr<port::byte_stream> stream;
  std::string out, err;
  std::optional<std::int32_t> exit;
  std::optional<base::io_error> ended;
  std::size_t grants = 0, sent_bytes = 0, chunks_after_exit = 0;
  port::time_ns exit_at = 0;

 private:
  void take(const wire::server_chunk& chunk) {
    if (exit) ++chunks_after_exit;
    switch (chunk.type) {
      case wire::server_chunk_type::stdout_data: out += chunk.payload; break;
      case wire::server_chunk_type::stderr_data: err += chunk.payload; break;
      case wire::server_chunk_type::start_reading_stdin: ++grants; break;
      case wire::server_chunk_type::exit:
        exit = wire::parse_exit_code(chunk.payload);
        exit_at = where_.now();
        break;
      case wire::server_chunk_type::unknown: ++chunks_after_exit; break;
    }
  }

  sim::world& where_;
  std::unique_ptr<port::connection_attempt> attempt_;
  wire::server_chunk_decoder decoder_;
  std::array<char, 4096> buffer_{};
};

inline std::string chunk(type kind, base::byte_view payload = {}) {
  base::bytes bytes;
  wire::append_chunk(bytes, kind, payload);
  return bytes;
}

/// A whole header, for the puppet unless said.
inline std::string header(const std::vector<std::string>& script, base::byte_view command = "puppet") {
  std::string bytes;
  for (const std::string& each : script) bytes += chunk(type::argument, each);
  return bytes + chunk(type::environment, "NAME=value") + chunk(type::working_dir, "/") + chunk(type::command, command);
}

/// One execution: a server, and whatever clients a test starts.
class execution {
 public:
  execution(const char* strategy, std::uint64_t seed, limits bounds = {}, sim::world_options kind = {}, sim::disk_options disk = {})
      : where(kind), spill(disk), decides_(explore::make_strategy(strategy)) {
    where.begin(*decides_, seed);
    nails_.add("puppet", [] { return std::make_unique<nail::puppet_nail>(0); });
    listener_ = std::move(*where.listen("naild"));
    task::strand& own = where.ports().strands.make_strand(0, "server");
    server.emplace(services{where.ports(), nails_, log, bounds, &spill}, own);
    server->serve_on(*listener_);
    nail::add_administration(nails_, *server);
    task::spawn(own, serve(), start_label);
  }
  ~execution() { where.end(); }

  /// Before the first step.
  void add_exec(sim::program_maker programs, nail::exec_bounds bounds) {
    processes.emplace(where.make_spawner(std::move(programs)));
    nails_.add("exec", [this, bounds] { return std::make_unique<nail::exec>(*processes, bounds); });
  }

  /// Before the first step.
  void add_nail(const char* name, nail::registry::factory makes) { nails_.add(name, std::move(makes)); }
  void add_listener(std::string name) {
    others_.push_back(std::move(*where.listen(std::move(name))));
    server->serve_on(*others_.back());
  }

  client& add_client() { return clients_.emplace_back(where); }

  void start(task::task<> work) {
    task::spawn(where.ports().strands.make_strand(0, "client"), std::move(work), start_label);
  }

  sim::world where;
  quiet_log log;
  sim::spill_files spill;
  std::optional<sim::process_spawner> processes;
  std::optional<daemon::server> server;
  bool stopped = false;
  port::time_ns stopped_at = 0;
  std::size_t sessions_when_stopped = 0;

 private:
  task::task<> serve() {
    co_await server->run();
    sessions_when_stopped = server->sessions();
    stopped = true;
    stopped_at = where.now();
  }

  std::unique_ptr<explore::strategy> decides_;
  nail::registry nails_;
  std::unique_ptr<port::listener> listener_;
  std::vector<std::unique_ptr<port::listener>> others_;
  std::deque<client> clients_;
};

inline constexpr std::uint64_t schedules = 60;

/// Sends all, takes all, leaves.
inline task::task<> run_once(client& who, std::string bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  co_await who.receive_to_end();
  who.stream->close();
}

/// One execution for each of some strategies and seeds.
template <class Test>
void for_each_schedule(Test test, limits bounds = {}, sim::world_options kind = {}, sim::disk_options disk = {}) {
  for (const char* strategy : {"fifo", "random", "pct", "pos"}) {
    for (std::uint64_t seed = 0; seed < schedules && !testing::Test::HasFailure(); ++seed) {
      SCOPED_TRACE(testing::Message() << strategy << " seed " << seed);
      execution world(strategy, seed, bounds, kind, disk);
      test(world);
    }
  }
}

}  // namespace naild::daemon::support
