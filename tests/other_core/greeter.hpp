#pragma once

// A daemon that is not naild, to be broken: it answers every command with a greeting to its first argument. It speaks
// just enough nailgun, shares no code with naild but the ports, and is wrong in one way: whom to greet is kept in one
// place for all sessions, across a wait.

#include <array>
#include <memory>
#include <string>

#include "harness/target/sim_core.hpp"
#include "reference/task/spawn.hpp"

namespace other_core {

namespace port = naild::port;
namespace task = naild::task;
using task::session_part;
using task::step_kind;

inline std::string chunk(char type, std::string_view payload) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(payload.size() >> shift));
  return bytes + type + std::string(payload);
}

class greeter final : public nailbiter::target::simulated_core {
 public:
  explicit greeter(const nailbiter::target::core_parts& given) : world_(given.world), door_(given.door) {}

  task::task<> run() override {
    for (;;) {
      auto stream = co_await door_.accept();
      if (!stream) co_return;
      const std::uint32_t id = ++last_session_;
      ++sessions_;
      task::strand& own = world_.strands.make_strand(id, "session");
      task::spawn_and_retire(world_.strands, own, serve(std::move(*stream), id), task::label_of(id, step_kind::spawn, session_part::state));
    }
  }

  std::size_t sessions() const override { return sessions_; }

 private:
  task::task<> serve(std::unique_ptr<port::byte_stream> stream, std::uint32_t id) {
    stream->set_labels(task::label_of(id, step_kind::read, session_part::wire_in), task::label_of(id, step_kind::write, session_part::wire_out),
                       task::label_of(id, step_kind::wake, session_part::wire_in));
    std::string input;
    while (!take_header(input)) {
      std::array<char, 4096> buffer;
      const auto got = co_await stream->read_some(buffer);
      if (!got) break;
      input.append(buffer.data(), *got);
    }
    co_await send(*stream, chunk('1', "hello, "));
    co_await send(*stream, chunk('1', whom_) + chunk('X', "0"));  // wrong: another session's header may have come by now
    stream->close();
    --sessions_;
  }

  /// Takes whole chunks off `input`; true when the command has come.
  bool take_header(std::string& input) {
    constexpr std::size_t header_bytes = 5;
    while (input.size() >= header_bytes) {
      std::size_t size = 0;
      for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(input[i]);
      if (input.size() - header_bytes < size) return false;
      const char type = input[4];
      const std::string payload = input.substr(header_bytes, size);
      input.erase(0, header_bytes + size);
      if (type == 'A') whom_ = payload;
      if (type == 'C') return true;
    }
    return false;
  }

  static task::task<> send(port::byte_stream& to, std::string bytes) {
    for (std::string_view rest = bytes; !rest.empty();) {
      const auto taken = co_await to.write_some(rest);
      if (!taken) co_return;
      rest.remove_prefix(*taken);
    }
  }

  const port::world& world_;
  port::listener& door_;
  std::string whom_;
  std::uint32_t last_session_ = 0;
  std::size_t sessions_ = 0;
};

}  // namespace other_core
