#include "reference/io/stray_output.hpp"

#include "reference/io/file_descriptor.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/run_queue.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "reference/base/printable.hpp"

namespace naild::io {
namespace {

constexpr int pieces_max = 256;  // at one go: somebody may still write
constexpr std::size_t named_max = 8;  // of the sessions that may have written a line

}  // namespace

/// Tells that there is something, for as long as it lives and is told that more may come.
struct stray_output::wait {
  wait(loop& owner, int fd, std::function<bool()> told) : watched(owner.context(), fd), tell(std::move(told)) { go_on(); }

  void go_on() {
    watched.async_wait(watched.wait_read, [this](boost::system::error_code failed) {
      if (failed) return;
      const handler_scope scope;
      if (tell()) go_on();
    });
  }

  boost::asio::posix::stream_descriptor watched;
  std::function<bool()> tell;
};

stray_output::stray_output(loop& owner, int stray, port::log_sink& log) : stray_(stray), log_(log) {
  const int own = stray < 0 ? -1 : ::fcntl(stray, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (own < 0) return;
  wait_ = std::make_unique<wait>(owner, own, [this] {
    bool open = false;
    read_and([this, &open] { open = stray_ >= 0; });
    return open;
  });
}

stray_output::~stray_output() = default;

void stray_output::begun(port::work_owner session) {
  read_and([this, session] { ++working_[session]; });
}

void stray_output::ended(port::work_owner session) {
  read_and([this, session] {
    const auto found = working_.find(session);
    if (--found->second == 0) working_.erase(found);
  });
}

void stray_output::finish() {
  read_and([this] {
    stray_ = -1;
    if (!rest_.empty()) end_line();
    if (bytes_ > 0) told_.push_back({0, fmt::format("stray output: {} bytes in all", bytes_)});
  });
}

// The log may be slow: nobody waits for it here.
template <class Then>
void stray_output::read_and(Then then) {
  std::vector<line> told;
  {
    const std::lock_guard lock(mutex_);
    char piece[4096];
    for (int count = 0; stray_ >= 0 && count < pieces_max; ++count) {
      const ssize_t got = ::read(stray_, piece, sizeof piece);
      if (got == 0) stray_ = -1;  // a run has closed the process's stdout and stderr
      if (got <= 0) break;
      take({piece, static_cast<std::size_t>(got)});
    }
    then();
    told.swap(told_);
  }
  for (const line& each : told) log_.write(port::severity::warning, each.session, each.text);
}

void stray_output::take(base::byte_view text) {
  bytes_ += text.size();
  if (logged_bytes_ > logged_bytes_max) return;
  while (!text.empty()) {
    for (auto each = working_.begin(); each != working_.end() && writers_.size() <= named_max; ++each) writers_.insert(each->first);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t taken = std::min(end, line_bytes_max - rest_.size());
    const bool whole = taken == end && end < text.size();
    rest_.append(text.substr(0, taken));
    text.remove_prefix(whole ? taken + 1 : taken);
    if (whole || rest_.size() == line_bytes_max) end_line();
  }
}

void stray_output::end_line() {
  const base::bytes text = std::exchange(rest_, {});
  const std::set<port::work_owner> writers = std::exchange(writers_, {});
  if (logged_bytes_ > logged_bytes_max) return;
  base::bytes of;
  if (writers.size() > named_max) of = fmt::format(" of one of more than {} sessions", named_max);
  if (writers.size() > 1 && of.empty()) of = fmt::format(" of one of the sessions {}", fmt::join(writers, ", "));
  const std::uint32_t only = writers.size() == 1 ? *writers.begin() : 0;
  told_.push_back({only, "stray output" + of + ": " + base::printable(text)});
  logged_bytes_ += told_.back().text.size();
  if (logged_bytes_ > logged_bytes_max) told_.push_back({0, "stray output: from here on it is only counted"});
}

}  // namespace naild::io
