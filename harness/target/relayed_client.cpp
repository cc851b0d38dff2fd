#include "harness/target/relayed_client.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "harness/target/process.hpp"
#include "reference/io/stream.hpp"

namespace nailbiter::target {

class relayed_clients::relayed_client final : public actor::client_process {
 public:
  relayed_client(process child, std::unique_ptr<naild::io::stream> wire) : child_(std::move(child)), wire_(std::move(wire)) {}

  naild::port::byte_stream& stream() noexcept override { return *wire_; }
  void kill() noexcept override { child_.signal_group(SIGKILL); }
  void stop() noexcept override { child_.signal_group(SIGSTOP); }
  void resume() noexcept override { child_.signal_group(SIGCONT); }

 private:
  process child_;
  std::unique_ptr<naild::io::stream> wire_;
};

relayed_clients::relayed_clients(naild::io::loop& loop, std::vector<std::string> argv) : loop_(loop), argv_(std::move(argv)) {}

relayed_clients::~relayed_clients() = default;

tl::expected<actor::client_process*, std::string> relayed_clients::start(const naild::port::address& daemon) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return tl::unexpected(std::string(std::strerror(errno)));
  naild::io::file_descriptor ours(ends[0]);
  const naild::io::file_descriptor theirs(ends[1]);
  ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  std::vector<std::string> argv = argv_;
  argv.push_back(to_string(daemon));
  auto child = process::start(argv, "/dev/null", theirs.get());
  if (!child) return tl::unexpected(child.error());
  auto wire = std::make_unique<naild::io::stream>(loop_, std::move(ours), AF_UNIX);
  started_.push_back(std::make_unique<relayed_client>(std::move(*child), std::move(wire)));
  return started_.back().get();
}

}  // namespace nailbiter::target
