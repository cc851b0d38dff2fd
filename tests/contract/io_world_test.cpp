// The real world joins the contract suite, on unix sockets and on TCP, with one thread and with four.

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include <fmt/core.h>
#include <unistd.h>

#include "reference/io/clock.hpp"
#include "reference/io/connector.hpp"
#include "reference/io/listener.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/strand_pool.hpp"
#include "reference/io/thread_pool.hpp"
#include "reference/task/spawn.hpp"
#include "tests/contract/world_under_test.hpp"

namespace contract {
namespace {

using namespace naild;

constexpr port::time_ns deadline = port::milliseconds(60'000);  // only a hung body meets it
constexpr std::chrono::milliseconds last_steps{60'000};          // of threads that have told their end; as before

class io_world final : public world_under_test {
 public:
  io_world(port::transport kind, unsigned threads) : kind_(kind), threads_(threads) {
    std::string pattern = (std::filesystem::temp_directory_path() / "contract-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  ~io_world() override {
    if (pool_) {
      EXPECT_EQ(pool_->stop(last_steps), 0u);
    }
    strands_.destroy_suspended();
    std::filesystem::remove_all(directory_);
  }

  port::world ports() override { return {strands_, clock_, network_}; }

  port::thread_pool& threads(task::job_pool_bounds most) override { return pool_.emplace(most); }

  std::unique_ptr<port::listener> listen() override {
    port::address where{.kind = kind_, .name = "127.0.0.1", .port = 0};
    if (kind_ == port::transport::unix_socket) where.name = fmt::format("{}/{}", directory_, ++listeners_);
    auto made = io::make_listener(loop_, where);
    if (!made) throw std::runtime_error(made.error());
    return std::move(*made);
  }

  bool run_to_end(task::task<> body) override {
    task::strand& where = strands_.make_strand(0, "contract");
    task::spawn(where, run(std::move(body)), {});
    task::spawn(where, stop_when_hung(), {});
    loop_.run(threads_);
    return ended_;
  }

 private:
  task::task<> run(task::task<> body) {
    co_await std::move(body);
    ended_ = true;
    loop_.stop();
  }

  task::task<> stop_when_hung() {
    auto timer = clock_.make_timer({});
    co_await timer->until(clock_.now() + deadline);
    loop_.stop();
  }

  port::transport kind_;
  unsigned threads_;
  std::string directory_;
  io::loop loop_;
  io::strand_pool strands_{loop_};
  io::clock clock_{loop_};
  io::connector network_{loop_};
  std::optional<io::thread_pool> pool_;
  unsigned listeners_ = 0;
  bool ended_ = false;
};

world_kind kind_of(std::string name, port::transport kind, unsigned threads) {
  return {.name = std::move(name),
          .make = [=](std::uint64_t) { return std::make_unique<io_world>(kind, threads); },
          .sees_reset = kind == port::transport::tcp};
}

INSTANTIATE_TEST_SUITE_P(io, port_contract,
                         testing::Values(kind_of("unix_one_thread", port::transport::unix_socket, 1),
                                         kind_of("unix_four_threads", port::transport::unix_socket, 4),
                                         kind_of("tcp_one_thread", port::transport::tcp, 1),
                                         kind_of("tcp_four_threads", port::transport::tcp, 4)),
                         name_of_world);

}  // namespace
}  // namespace contract
