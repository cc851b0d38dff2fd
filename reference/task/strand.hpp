#pragma once

// A strand: steps run one at a time, in the order of their posts. The worlds implement it (io/: on N threads; the
// simulator: as an actor whose next step the schedule may choose). A session's objects are touched on its strand only.

#include <string_view>
#include <utility>

#include "reference/task/frame_pool.hpp"
#include "reference/task/root_list.hpp"
#include "reference/task/step.hpp"

namespace naild::task {

class strand {
 public:
  strand(const strand&) = delete;
  strand& operator=(const strand&) = delete;

  /// Appends the step; any thread. Once posted, the step belongs to the strand: touch nothing of it afterwards.
  virtual void post(step& next) noexcept = 0;

  /// As post(), but an idle strand may run the step at once. Only at the top level of an adapter's completion handler.
  virtual void dispatch(step& next) noexcept { post(next); }

  /// Is the calling code a step of this strand?
  virtual bool running_here() const noexcept = 0;

  /// Roots started on this strand and not finished. Touched by its own steps, and by the world after the last step.
  root_list& roots() noexcept { return roots_; }

 protected:
  strand() = default;
  ~strand() = default;

 private:
  root_list roots_;
};

/// Makes strands. The memory of a strand stays valid until the pool ends, so a late post never dangles.
class strand_pool {
 public:
  virtual ~strand_pool() = default;

  /// A new idle strand; `name` (static storage) and `session` say in a schedule whose it is. Any thread.
  virtual strand& make_strand(std::uint32_t session, std::string_view name) = 0;

  /// The owner's last act for the strand, on the strand or before it ever ran: steps posted before it still run.
  virtual void retire_strand(strand& done) noexcept = 0;
};

namespace detail {

template <class Function>
struct closure_step : step {
  explicit closure_step(Function&& work, step_label what) : function(std::move(work)) {
    label = what;
    act = [](step* self, disposition how) {
      auto* closure = static_cast<closure_step*>(self);
      Function local(std::move(closure->function));
      closure->~closure_step();
      free_frame(closure, sizeof(closure_step));
      if (how == disposition::run) local();
    };
  }
  Function function;
};

}  // namespace detail

/// Posts a closure as a step of `where`; any thread. When the world ends first, the closure is destroyed uncalled.
template <class Function>
void post(strand& where, step_label label, Function work) {
  using closure = detail::closure_step<Function>;
  where.post(*new (allocate_frame(sizeof(closure))) closure(std::move(work), label));
}

}  // namespace naild::task
