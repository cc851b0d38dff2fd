#include "harness/bench/load.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <fmt/core.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/bench/unix_socket.hpp"

namespace nailbiter::bench {
namespace {

constexpr int silence_ms_max = 10'000;
constexpr std::string_view good_exit("\0\0\0\1X0", 6);

std::uint64_t now_ns() {
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

struct run {
  int fd = -1;
  std::uint64_t begun_ns = 0;
  std::string received{};
};

/// Keeps `connections` runs going until all are done.
class generator {
 public:
  explicit generator(const load& what) : what_(what), epoll_(::epoll_create1(EPOLL_CLOEXEC)), runs_(what.connections) {
    result_.latencies_ns.reserve(what.runs);
  }
  ~generator() {
    for (const auto& one : runs_) {
      if (one.fd >= 0) ::close(one.fd);
    }
    ::close(epoll_);
  }
  generator(const generator&) = delete;
  generator& operator=(const generator&) = delete;

  tl::expected<load_result, std::string> go() {
    const auto begun = now_ns();
    for (std::uint32_t slot = 0; slot < what_.connections; ++slot) begin(slot);
    std::array<epoll_event, 64> events;
    while (failure_.empty() && result_.latencies_ns.size() < what_.runs) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), silence_ms_max);
      if (count == 0) return tl::unexpected(fmt::format("{} did not answer within {} ms", what_.socket_path, silence_ms_max));
      for (int i = 0; i < count && failure_.empty(); ++i) read_from(events[static_cast<std::size_t>(i)].data.u32);
    }
    if (!failure_.empty()) return tl::unexpected(failure_);
    result_.duration_ns = now_ns() - begun;
    return std::move(result_);
  }

 private:
  void begin(std::uint32_t slot) {
    if (begun_ == what_.runs) return;
    ++begun_;
    auto& one = runs_[slot];
    one.received.clear();
    one.begun_ns = now_ns();
    one.fd = connect_to(what_.socket_path);
    if (one.fd < 0) return fail(std::strerror(errno));
    epoll_event watched{.events = EPOLLIN, .data = {.u32 = slot}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, one.fd, &watched);
    const auto sent = ::send(one.fd, what_.header.data(), what_.header.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(what_.header.size())) fail("the header did not fit into one write");
  }

  void read_from(std::uint32_t slot) {
    auto& one = runs_[slot];
    std::array<char, 4096> buffer;
    const auto got = ::recv(one.fd, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return fail("a run ended without X");
    one.received.append(buffer.data(), static_cast<std::size_t>(got));
    if (!std::string_view(one.received).ends_with(good_exit)) return;
    result_.latencies_ns.push_back(static_cast<std::uint32_t>(std::min<std::uint64_t>(now_ns() - one.begun_ns, UINT32_MAX)));
    ::close(one.fd);
    one.fd = -1;
    begin(slot);
  }

  void fail(std::string_view why) { failure_ = fmt::format("{}: {}", what_.socket_path, why); }

  const load& what_;
  int epoll_;
  std::vector<run> runs_;
  std::uint32_t begun_ = 0;
  load_result result_;
  std::string failure_;
};

}  // namespace

double load_result::runs_per_s() const noexcept {
  return duration_ns == 0 ? 0 : static_cast<double>(latencies_ns.size()) * 1e9 / static_cast<double>(duration_ns);
}

double load_result::p50_us() const {
  if (latencies_ns.empty()) return 0;
  auto sorted = latencies_ns;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
  return static_cast<double>(sorted[sorted.size() / 2]) / 1e3;
}

tl::expected<load_result, std::string> generate(const load& what) { return generator(what).go(); }

std::string chunk(char type, std::string_view payload) {
  const auto size = static_cast<std::uint32_t>(payload.size());
  std::string bytes{static_cast<char>(size >> 24), static_cast<char>(size >> 16), static_cast<char>(size >> 8), static_cast<char>(size), type};
  return bytes.append(payload);
}

}  // namespace nailbiter::bench
