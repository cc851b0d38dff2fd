#include "reference/client/driver.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "reference/task/group.hpp"

namespace naild::client {
namespace {

constexpr std::size_t read_bytes = 64u << 10;
constexpr std::size_t stdin_chunk_bytes = 8u << 10;
constexpr task::step_label own_label{.session = 0, .kind = task::step_kind::wake, .resource = 0};

// One run's tasks share this frame-owned object; all on one strand, so plain members do.
struct conversation {
  conversation(const invocation& asked, const surroundings& around, task::strand& where)
      : protocol(asked), ports(around), beat(around.time.make_timer(own_label)), sendable(where, own_label),
        stdin_wanted(where, own_label), out_ready(where, own_label), err_ready(where, own_label), printed(where, own_label), children(where, own_label) {}

  machine protocol;
  const surroundings& ports;
  std::unique_ptr<port::timer> beat;
  task::event sendable;
  task::event stdin_wanted;
  task::event out_ready;
  task::event err_ready;
  task::event printed;
  bool write_side_shut = false;
  task::group children;  // last: they borrow the rest

  bool is_full() noexcept { return std::max(protocol.to_stdout().size(), protocol.to_stderr().size()) > read_bytes; }

  // After every event: what does the machine want now?
  void settle() {
    if (protocol.wants_half_close() && !write_side_shut) {
      write_side_shut = true;
      ports.daemon.shutdown_write();
    }
    if (protocol.ended()) {
      ports.daemon.close();
      ports.standard_in.close();
      ports.interrupted.cancel();
      beat->cancel();
      if (protocol.ended()->exit_code == exit_interrupted) {
        ports.standard_out.close();
        ports.standard_err.close();
      }
    }
    sendable.set();
    stdin_wanted.set();
    out_ready.set();
    err_ready.set();
    printed.set();
  }
};

task::task<> receive(conversation& talk) {
  std::vector<char> buffer(read_bytes);
  while (!talk.protocol.ended()) {
    const auto got = co_await talk.ports.daemon.read_some(buffer);
    if (got) {
      talk.protocol.on_bytes({buffer.data(), *got});
    } else {
      talk.protocol.on_connection_end(got.error());
    }
    talk.settle();
    // A reader slower than the daemon holds the daemon back, not this process's memory.
    while (!talk.protocol.ended() && talk.is_full()) co_await talk.printed;
  }
}

task::task<> send(conversation& talk) {
  while (!talk.protocol.ended()) {
    base::bytes& queued = talk.protocol.to_daemon();
    if (queued.empty() || talk.write_side_shut) {
      co_await talk.sendable;
      continue;
    }
    const base::bytes sending = std::exchange(queued, {});
    base::byte_view rest = sending;
    while (!rest.empty() && !talk.write_side_shut) {
      const auto sent = co_await talk.ports.daemon.write_some(rest);
      if (!sent) break;  // the reader learns why the connection ended
      rest.remove_prefix(*sent);
    }
    if (!rest.empty()) co_return;
    talk.stdin_wanted.set();
  }
}

task::task<> feed_stdin(conversation& talk) {
  std::array<char, stdin_chunk_bytes> buffer;
  while (!talk.protocol.ended()) {
    if (!talk.protocol.wants_stdin()) {
      co_await talk.stdin_wanted;
      continue;
    }
    const auto got = co_await talk.ports.standard_in.read_some(buffer);
    if (got) {
      talk.protocol.on_stdin({buffer.data(), *got});
    } else {
      talk.protocol.on_stdin_end();
    }
    talk.sendable.set();
    if (!got) co_return;
  }
}

task::task<> beat(conversation& talk) {
  while (!talk.protocol.ended()) {
    const auto due = talk.ports.time.now() + port::milliseconds(talk.ports.heartbeat_ms);
    const auto waited = co_await talk.beat->until(due);
    if (!waited) co_return;
    talk.protocol.on_heartbeat_due();
    talk.sendable.set();
  }
}

task::task<> watch_interrupts(conversation& talk) {
  while (!talk.protocol.ended()) {
    const bool interrupted = co_await talk.ports.interrupted.next();
    if (!interrupted) co_return;
    talk.protocol.on_interrupt();
    talk.settle();
  }
}

task::task<> print(conversation& talk, base::bytes& source, port::byte_stream& into, task::event& ready) {
  for (;;) {
    if (source.empty()) {
      if (talk.protocol.ended()) co_return;
      co_await ready;
      continue;
    }
    const base::bytes printing = std::exchange(source, {});
    base::byte_view rest = printing;
    while (!rest.empty()) {
      const auto written = co_await into.write_some(rest);
      if (!written) {
        source.clear();  // nobody prints it any more: it must not hold the other stream back
        talk.protocol.on_output_gone();
        talk.settle();
        co_return;
      }
      rest.remove_prefix(*written);
    }
    talk.printed.set();
  }
}

}  // namespace

task::task<outcome> run(const invocation& asked, const surroundings& ports) {
  task::strand& where = co_await task::this_strand();
  conversation talk(asked, ports, where);
  talk.children.start(send(talk));
  talk.children.start(receive(talk));
  talk.children.start(feed_stdin(talk));
  talk.children.start(beat(talk));
  talk.children.start(watch_interrupts(talk));
  talk.children.start(print(talk, talk.protocol.to_stdout(), ports.standard_out, talk.out_ready));
  talk.children.start(print(talk, talk.protocol.to_stderr(), ports.standard_err, talk.err_ready));
  co_await talk.children.join();
  co_return *talk.protocol.ended();
}

}  // namespace naild::client
