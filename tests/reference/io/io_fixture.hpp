#pragma once

// A loop with everything that stands on it, and a directory for sockets, for one test.

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "reference/io/clock.hpp"
#include "reference/io/connector.hpp"
#include "reference/io/listener.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/task/spawn.hpp"

namespace naild::io {

struct io_fixture {
  io_fixture() {
    std::string pattern = (std::filesystem::temp_directory_path() / "io-test-XXXXXX").string();
    directory = ::mkdtemp(pattern.data());
  }
  io_fixture(const io_fixture&) = delete;
  io_fixture& operator=(const io_fixture&) = delete;
  ~io_fixture() {
    strands.destroy_suspended();
    std::filesystem::remove_all(directory);
  }

  port::address unix_address(const std::string& name) const {
    return {.kind = port::transport::unix_socket, .name = directory + "/" + name, .port = 0};
  }

  /// Runs until `body` has ended.
  void run(task::task<> body, unsigned threads = 1) {
    task::spawn(own, stop_after(std::move(body)), {});
    loop_.run(threads);
  }

  io::loop loop_;
  io::strand_pool strands{loop_};
  io::clock time{loop_};
  io::connector network{loop_};
  task::strand& own = strands.make_strand(0, "test");  // the one that run() uses
  std::string directory;

 private:
  task::task<> stop_after(task::task<> body) {
    co_await std::move(body);
    loop_.stop();
  }
};

}  // namespace naild::io
