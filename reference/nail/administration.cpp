#include "reference/nail/administration.hpp"

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "reference/task/event.hpp"

namespace naild::nail {
namespace {

constexpr std::int32_t wrong_usage_code = 64;
constexpr std::int32_t no_such_session_code = 1;
constexpr double ns_per_s = 1e9;

task::step_label wake_label(const nail_context& run) {
  return task::label_of(run.session(), task::step_kind::wake, task::session_part::state);
}

// It only asks the daemon, which always answers, so no cancel is looked at.
class status final : public nail {
 public:
  explicit status(overseer& daemon) noexcept : daemon_(daemon) {}

  // Sessions that come after the first look are not waited for: the list has an end.
  task::task<std::int32_t> run(nail_context& run) override {
    const auto head = fmt::format("{:>8} {:<11} {:>10} {}\n", "SESSION", "PHASE", "AGE_S", "COMMAND");
    const auto begun = co_await run.write_stdout(head);
    bool listens = begun == stdio::delivery::taken;
    std::uint32_t after = 0;
    std::optional<std::uint32_t> newest;
    while (listens && (!newest || after < *newest)) {
      const session_page page = co_await page_behind(after, run);
      if (page.last <= after) break;  // the newer ones have ended
      if (!newest) newest = page.newest;
      base::bytes text;
      for (const session_report& each : page.reports) {
        if (each.session != run.session() && each.session <= *newest) text += line_of(each);
      }
      after = page.last;
      if (text.empty()) continue;
      const auto written = co_await run.write_stdout(text);
      listens = written == stdio::delivery::taken;
    }
    co_return 0;
  }

 private:
  task::task<session_page> page_behind(std::uint32_t after, nail_context& run) {
    std::optional<session_page> page;
    task::event told(run.strand(), wake_label(run));
    daemon_.list(run.strand(), after, [&](session_page found) {
      page = std::move(found);
      told.set();
    });
    while (!page) co_await told;
    co_return std::move(*page);
  }

  static base::bytes line_of(const session_report& what) {
    const bool says_so = what.phase == "cancelling" || !what.cancelled;
    return fmt::format("{:>8} {:<11} {:>10.3f} {}{}\n", what.session, what.phase, static_cast<double>(what.age_ns) / ns_per_s,
                       what.command.empty() ? "-" : what.command, says_so ? "" : " (cancelled)");
  }

  overseer& daemon_;
};

class cancel final : public nail {
 public:
  explicit cancel(overseer& daemon) noexcept : daemon_(daemon) {}

  task::task<std::int32_t> run(nail_context& run) override {
    const auto session = asked(run);
    if (!session) {
      (void)co_await run.write_stderr("naild: naild-cancel takes the number of one session, as naild-status shows it\n");
      co_return wrong_usage_code;
    }
    if (daemon_.cancel(*session, fmt::format("session {} asked for it", run.session()))) co_return 0;
    const base::bytes text = fmt::format("naild: there is no session {}\n", *session);
    (void)co_await run.write_stderr(text);
    co_return no_such_session_code;
  }

 private:
  static std::optional<std::uint32_t> asked(const nail_context& run) {
    if (run.arguments().size() != 1) return std::nullopt;
    const base::bytes& text = run.arguments().front();
    std::uint32_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = ec == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
  }

  overseer& daemon_;
};

class stop final : public nail {
 public:
  explicit stop(overseer& daemon) noexcept : daemon_(daemon) {}

  task::task<std::int32_t> run(nail_context& run) override {
    bool refuses = false;
    task::event told(run.strand(), wake_label(run));
    daemon_.stop(run.strand(), [&] {
      refuses = true;
      told.set();
    });
    while (!refuses) co_await told;
    co_return 0;
  }

 private:
  overseer& daemon_;
};

}  // namespace

void add_administration(registry& nails, overseer& daemon) {
  const base::bytes prefix(administration_prefix);
  nails.add(prefix + "status", [&daemon] { return std::make_unique<status>(daemon); });
  nails.add(prefix + "cancel", [&daemon] { return std::make_unique<cancel>(daemon); });
  nails.add(prefix + "stop", [&daemon] { return std::make_unique<stop>(daemon); });
}

}  // namespace naild::nail
