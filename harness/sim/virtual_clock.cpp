#include "harness/sim/virtual_clock.hpp"

namespace nailbiter::sim {
namespace {

class virtual_timer final : public port::timer, private timer_entry {
 public:
  virtual_timer(scheduler& owner, task::step_label label) : timer(label), owner_(owner) {
    fire = [](timer_entry* self) { static_cast<virtual_timer*>(self)->wait_.complete({}); };
  }
  ~virtual_timer() override { owner_.timers().remove(*this); }

  void cancel() noexcept override {
    if (owner_.timers().remove(*this)) wait_.complete(tl::unexpected(naild::base::io_error::aborted));
  }

 private:
  task::started start_wait(port::time_ns deadline) override {
    if (deadline <= owner_.now()) {
      wait_.complete({});
    } else {
      owner_.timers().add(*this, deadline);
    }
    return task::started::pending;
  }

  scheduler& owner_;
};

}  // namespace

std::unique_ptr<port::timer> virtual_clock::make_timer(task::step_label label) {
  return std::make_unique<virtual_timer>(owner_, label);
}

}  // namespace nailbiter::sim
