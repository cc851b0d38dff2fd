#include "tests/laws/faulty_nail_support.hpp"

#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "harness/sim/world.hpp"
#include "reference/nail/puppet_nail.hpp"
#include "reference/task/event.hpp"
#include "reference/task/spawn.hpp"

namespace nailbiter::laws {

using naild::nail::nail_context;
using naild::task::task;

namespace {

/// What no run should share with another.
struct shared_state {
  std::map<std::string, std::string> environment;
  std::string directory;
  std::string last_argument;
  std::uint64_t runs = 0;
  std::uint64_t alive = 0;
  std::uint64_t cancels = 0;
  bool poisoned = false;
  bool secret_is_odd = false;
};

constexpr std::size_t piece_bytes = 1u << 16;
constexpr std::uint64_t week_ms = 7u * 24 * 3600 * 1000;

task<> wait_for_a_week(const naild::port::world& where) {
  const auto timer = where.time.make_timer({});
  (void)co_await timer->until(where.time.now() + naild::port::milliseconds(week_ms));
}

/// The daemon closes it in the end, and its client does not.
task<> keep_a_connection(const naild::port::world& where) {
  const auto attempt = where.network.prepare(sim::simulated_address("naild"));
  const auto connected = co_await attempt->connect();
  naild::task::strand& here = co_await naild::task::this_strand();
  naild::task::event never(here, {});
  while (connected) co_await never;
}

class faulty_nail final : public naild::nail::nail {
 public:
  /// The state is also its factory's and that of every other run.
  faulty_nail(fault what, std::shared_ptr<shared_state> shared) : what_(what), shared_(std::move(shared)) { ++shared_->alive; }
  ~faulty_nail() override { --shared_->alive; }

  task<std::int32_t> run(nail_context& run) override {
    co_await before(run);
    const std::uint64_t cancels_before = shared_->cancels;
    naild::nail::puppet_nail inner(0);
    std::int32_t code = co_await inner.run(run);
    co_await after(run);
    if (run.cancelled()) {
      ++shared_->cancels;
    } else if (what_ == fault::cancel_hits_neighbour && shared_->cancels != cancels_before) {
      code = -1;
    }
    if (what_ == fault::poisoned_by_cancel && std::exchange(shared_->poisoned, run.cancelled())) code = -1;
    const bool counts = what_ == fault::counts_runs || what_ == fault::outlives_its_daemon;
    if (counts) code += static_cast<std::int32_t>(shared_->runs++);
    if (what_ == fault::knows_names && run.environment("NAILBITER_RUN") == "b") code += 3;
    co_return code;
  }

 private:
  task<> before(nail_context& run) {
    if (what_ == fault::tells_it_is_busy && shared_->alive > 1) (void)co_await run.write_stderr("busy\n");
    if (what_ == fault::hurries_by_content && shared_->secret_is_odd) {
      const auto label = naild::task::label_of(run.session(), naild::task::step_kind::wake, naild::task::session_part::state);
      naild::task::event turn(run.strand(), label);
      naild::task::post(run.strand(), label, [&turn] { turn.set(); });
      co_await turn;
    }
    if (what_ == fault::counts_pieces) co_await count_pieces(run);
    if (what_ == fault::leaves_a_timer) leave(run, wait_for_a_week(run.world()));
    if (what_ == fault::leaves_a_connection) leave(run, keep_a_connection(run.world()));
    shared_->directory = run.values().working_dir;
    const auto secret = run.environment("SECRET");
    if (secret) shared_->secret_is_odd = std::accumulate(secret->begin(), secret->end(), 0) % 2 == 1;
  }

  static void leave(nail_context& run, task<> behind) {
    const auto label = naild::task::label_of(run.session(), naild::task::step_kind::spawn, naild::task::session_part::state);
    naild::task::spawn(run.world().strands.make_strand(run.session(), "left behind"), std::move(behind), label);
  }

  task<> after(nail_context& run) {
    if (what_ == fault::leaks_environment) co_await tell_environment(run);
    const bool moved = shared_->directory != run.values().working_dir;
    if (what_ == fault::leaks_directory && moved) (void)co_await run.write_stdout(shared_->directory);
    if (what_ == fault::keeps_last_arguments) {
      const std::string argument(run.arguments().empty() ? std::string() : run.arguments().front());
      if (!argument.starts_with("out")) (void)co_await run.write_stdout(shared_->last_argument);
      shared_->last_argument = argument;
    }
  }

  task<> count_pieces(nail_context& run) {
    if (run.arguments().empty() || run.arguments().front() != "cat") co_return;
    std::size_t pieces = 0;
    for (std::string piece = co_await run.read_stdin(piece_bytes); !piece.empty(); piece = co_await run.read_stdin(piece_bytes)) {
      ++pieces;
      (void)co_await run.write_stdout(piece);
    }
    (void)co_await run.write_stderr(std::to_string(pieces));
  }

  task<> tell_environment(nail_context& run) {
    for (const auto& [name, value] : shared_->environment) {
      if (!run.environment(name)) (void)co_await run.write_stdout(value);
    }
    for (const auto& entry : run.values().environment) {
      const std::size_t equals = entry.find('=');
      shared_->environment.insert_or_assign(entry.substr(0, equals), entry.substr(equals + 1));
    }
  }

  fault what_;
  std::shared_ptr<shared_state> shared_;
};

}  // namespace

planted_bug faulty_puppet(fault what) {
  const auto shared = std::make_shared<shared_state>();
  const auto make = [what, shared] { return std::make_unique<faulty_nail>(what, shared); };
  const auto forget = [what, shared] {
    if (what != fault::outlives_its_daemon) *shared = {};
  };
  return {.adds = [make](naild::nail::registry& nails) { nails.add("puppet", make); }, .forget = forget};
}

}  // namespace nailbiter::laws
