#include "harness/target/live_daemon.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/core.h>

#include "reference/io/socket_address.hpp"

namespace nailbiter::target {
namespace {

constexpr milliseconds stop_grace_ms{2'000};
constexpr milliseconds connect_retry_ms{10};
constexpr std::uint64_t log_bytes_max = 1u << 20;
constexpr std::size_t search_bytes = 256u << 10;
constexpr milliseconds report_look_ms{20};  // its stacks are looked up by another program
constexpr int report_looks_max = 500;
constexpr std::size_t told_output_bytes = 2'000;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return where;
}

/// A port that was free a moment ago, for daemons that cannot choose one themselves.
std::uint16_t free_port() {
  const descriptor probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in where = loopback(0);
  socklen_t size = sizeof where;
  if (::bind(probe.get(), reinterpret_cast<const sockaddr*>(&where), size) != 0) return 0;
  ::getsockname(probe.get(), reinterpret_cast<sockaddr*>(&where), &size);
  return ntohs(where.sin_port);
}

/// 0 or an errno.
int connect_error(const naild::port::address& where) {
  const auto target = naild::io::to_socket_address(where);
  if (!target) return ENAMETOOLONG;
  const descriptor probe(::socket(target->family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  return ::connect(probe.get(), target->get(), target->size) == 0 ? 0 : errno;
}

/// What a daemon that does not come up said last.
std::string last_words(const process& of) {
  const auto bytes = of.output_bytes();
  std::string text = of.output(bytes > told_output_bytes ? bytes - told_output_bytes : 0, told_output_bytes);
  while (text.ends_with('\n')) text.pop_back();
  return text.empty() ? ", and it has printed nothing" : "; it printed:\n" + text;
}

/// "ended with exit code 3", "was ended by signal 11".
std::string end_of(int status) {
  if (WIFEXITED(status)) return fmt::format("ended with exit code {}", WEXITSTATUS(status));
  return fmt::format("was ended by signal {}", WTERMSIG(status));
}

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
  return text;
}

bool wait_until_connectable(process& child, const naild::port::address& where, milliseconds at_most) {
  for (auto waited = milliseconds(0); waited < at_most; waited += connect_retry_ms) {
    if (connect_error(where) == 0) return true;
    if (child.wait(connect_retry_ms)) return false;
  }
  return false;
}

}  // namespace

live_daemon::live_daemon(naild::port::address where, std::optional<process> running)
    : where_(std::move(where)), running_(std::move(running)) {
  if (running_) watched_by_ = sanitizers_of(fmt::format("/proc/{}/exe", running_->pid()));
}

tl::expected<live_daemon, std::string> live_daemon::at(const std::string& address) {
  auto where = naild::port::parse_address(address);
  if (!where) return tl::unexpected(where.error());
  if (const auto numeric = naild::io::to_socket_address(*where); !numeric) return tl::unexpected(fmt::format("{}: {}", address, numeric.error()));
  if (const int error = connect_error(*where); error != 0) {
    const std::string why = where->kind == naild::port::transport::unix_socket && error == ENOENT ? "no such socket" : std::strerror(error);
    return tl::unexpected(fmt::format("nobody answers at {}: {}; start the daemon first, or let --exec start it", address, why));
  }
  return live_daemon(std::move(*where), std::nullopt);
}

tl::expected<live_daemon, std::string> live_daemon::start(const target_description& target, const std::string& transport,
                                                          const std::vector<std::string>& daemon_args,
                                                          const std::filesystem::path& stem, milliseconds at_most) {
  const bool tcp = transport == "tcp";
  const std::uint16_t port = tcp && !target.picks_its_port ? free_port() : std::uint16_t(0);
  const std::string path = stem.string() + ".sock";
  const std::string form = replaced(replaced(tcp ? target.tcp_form : target.unix_form, "{path}", path), "{port}", std::to_string(port));
  std::vector<std::string> argv;
  for (const std::string& word : target.command) argv.push_back(replaced(word, "{address}", form));
  argv.insert(argv.end(), daemon_args.begin(), daemon_args.end());

  auto child = process::start(argv, stem.string() + ".log");
  if (!child) return tl::unexpected(child.error());
  naild::port::address where{.kind = tcp ? naild::port::transport::tcp : naild::port::transport::unix_socket,
                             .name = tcp ? "127.0.0.1" : path,
                             .port = port};
  const auto failed = [&](const std::string& how) {
    const auto status = child->ended();
    return tl::unexpected(fmt::format("{} {}{}", target.name, status ? end_of(*status) + " before it could be used" : how, last_words(*child)));
  };
  if (target.ready.empty()) {
    if (!wait_until_connectable(*child, where, at_most)) return failed("cannot be connected to at " + form);
    return live_daemon(std::move(where), std::move(*child));
  }
  const auto said = child->wait_for_output(target.ready, at_most);
  if (!said) return failed(fmt::format("has not printed '{}', which says that it is ready", target.ready));
  if (tcp && target.picks_its_port) {
    auto resolved = naild::port::parse_address(*said);
    if (!resolved || resolved->port == 0) return failed("does not say its port");
    where = std::move(*resolved);
  }
  return live_daemon(std::move(where), std::move(*child));
}

live_daemon::~live_daemon() {
  if (running_) running_->stop(stop_grace_ms);
}

std::optional<int> live_daemon::ended(milliseconds at_most) { return running_ ? running_->wait(at_most) : std::nullopt; }

std::vector<sanitizer_report> live_daemon::take_reports() {
  if (!running_) return {};
  const auto search = [this] {
    while (output_searched_ < running_->output_bytes()) {
      const std::string text = running_->output(output_searched_, search_bytes);
      if (text.empty()) break;
      output_searched_ += text.size();
      sanitizers_.push(text);
    }
  };
  search();
  for (int look = 0; sanitizers_.inside_report() && look < report_looks_max && !ended(report_look_ms); ++look) search();
  search();
  return sanitizers_.take();
}

std::string live_daemon::take_output(std::size_t bytes_max) {
  if (!running_) return {};
  std::string text = running_->output(output_seen_, bytes_max);
  output_seen_ = running_->output_bytes();
  if (output_seen_ > log_bytes_max) {
    running_->forget_output();
    output_seen_ = 0;
    output_searched_ = 0;
  }
  return text;
}

}  // namespace nailbiter::target
