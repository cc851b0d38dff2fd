#include "reference/nail/administration.hpp"

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

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

  task::task<std::int32_t> run(nail_context& run) override {
    std::optional<std::vector<session_report>> all;
    task::event told(run.strand(), wake_label(run));
    daemon_.list(run.strand(), [&](std::vector<session_report> found) {
      all = std::move(found);
      told.set();
    });
    while (!all) co_await told;
    base::bytes text = fmt::format("{:>8} {:<11} {:>10} {}\n", "SESSION", "PHASE", "AGE_S", "COMMAND");
    for (const session_report& each : *all) {
      if (each.session != run.session()) text += line_of(each);
    }
    (void)co_await run.write_stdout(text);
    co_return 0;
  }

 private:
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
