#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "reference/nail/puppet_blocking.hpp"
#include "tests/laws/faulty_nail_support.hpp"

namespace nailbiter::laws {
namespace {

using naild::nail::blocking_context;

/// What no run should share with another. One OS thread: the simulator's.
struct shared_state {
  std::optional<blocking_context> began_last;
  naild::port::severity level = naild::port::severity::info;
  std::int32_t runs = 0;
};

class faulty_blocking final : public naild::nail::blocking_nail {
 public:
  faulty_blocking(fault what, std::shared_ptr<shared_state> shared) : what_(what), shared_(std::move(shared)) {}

  std::int32_t run(blocking_context run) override {
    if (what_ == fault::threads_speak_elsewhere) shared_->began_last.emplace(run);
    if (what_ == fault::threads_share_a_level) share_level(run);
    const std::int32_t code = naild::nail::puppet_blocking(0).run(run);
    if (what_ == fault::threads_speak_elsewhere && shared_->began_last->session() != run.session()) {
      (void)shared_->began_last->write_stdout("m:done\n");
    }
    return what_ == fault::threads_count_runs ? code + shared_->runs++ : code;
  }

 private:
  void share_level(blocking_context& run) {
    const std::string first(run.arguments().empty() ? std::string() : run.arguments().front());
    const auto named = first.starts_with("loglevel ") ? naild::port::severity_named(first.substr(9)) : std::nullopt;
    shared_->level = named.value_or(shared_->level);
    run.own_log().set_level(shared_->level);
  }

  fault what_;
  std::shared_ptr<shared_state> shared_;
};

}  // namespace

planted_bug faulty_threads(fault what) {
  const auto shared = std::make_shared<shared_state>();
  return {.adds = {}, .forget = [shared] { *shared = {}; }, .blocking = [what, shared] { return std::make_unique<faulty_blocking>(what, shared); }};
}

}  // namespace nailbiter::laws
