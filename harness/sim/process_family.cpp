#include "harness/sim/process_family.hpp"

#include <csignal>
#include <utility>

#include "reference/task/spawn.hpp"

namespace nailbiter::sim {
namespace {

constexpr std::uint32_t first_child_session = 0x2000;  // beside the sessions of the daemon and of the actors
constexpr std::int32_t pids_per_session = 100;

task::step_label label_for(std::uint32_t session) {
  return task::label_of(session, task::step_kind::wake, task::session_part::state);
}

}  // namespace

family::family(scheduler& owner, const program_maker& makes, std::uint32_t session)
    : makes_(makes), session_(first_child_session + session), strand_(owner.make_strand(session_, "child")),
      notice_(owner.make_strand(session_, "exit")),
      first_pid_(static_cast<std::int32_t>(session_) * pids_per_session), next_pid_(first_pid_) {}

void family::start_leader(const port::process_request& what, std::unique_ptr<program> work, std::unique_ptr<stream> streams[3]) {
  auto leader = std::make_unique<child>(*this, what, std::move(work), session_, next_pid_++);
  leader->in_ = std::move(streams[0]);
  for (const int at : {0, 1}) {
    leader->out_[at] = std::make_shared<output_end>();
    leader->out_[at]->pipe = std::move(streams[at + 1]);
  }
  start(std::move(leader), true);
}

child* family::start_relative(child& of, std::vector<std::string> arguments, child* waits, bool in_group) {
  port::process_request what = of.request();
  what.arguments = std::move(arguments);
  auto work = makes_(what);
  if (work == nullptr) return nullptr;
  auto relative = std::make_unique<child>(*this, what, std::move(work), session_, next_pid_++);
  for (const int at : {0, 1}) relative->out_[at] = of.out_[at];
  relative->waited_for_by_ = waits;
  relative->in_group_ = in_group;
  child* const made = relative.get();
  start(std::move(relative), false);
  return made;
}

void family::start(std::unique_ptr<child> member, bool leads) {
  members_.push_back(member.get());
  task::spawn(strand_, live(shared_from_this(), std::move(member), leads), label_for(session_));
}

// `self` keeps the family until its last member has ended.
task::task<> family::live([[maybe_unused]] std::shared_ptr<family> self, std::unique_ptr<child> member, bool leads) {
  std::int32_t code = 0;
  if (member->dying() == 0) code = co_await member->program_->run(*member);
  if (member->dying() != 0) code = -member->dying();
  remove(*member);
  member.reset();
  // Its pipes end in steps of their own: the session may learn of the leader's end before, between or after them.
  if (leads) notice_leader(code < 0 ? code : code & 0xff);
}

void family::remove(child& member) {
  std::erase(members_, &member);
  if (member.waited_for_by_ == nullptr) return;
  member.waited_for_by_->relative_ended_ = true;
  member.waited_for_by_->turn_.set();
}

void family::notice_leader(std::int32_t status) {
  task::post(notice_, label_for(session_), [self = shared_from_this(), status] {
    self->noticed_ = status;
    if (self->told_) self->told_(status);
  });
}

void family::post_signal(int number) {
  task::post(strand_, label_for(session_), [self = shared_from_this(), number] {
    const std::vector<child*> living = self->members_;
    for (child* each : living) {
      if (!each->in_group_ || each->dying() != 0) continue;
      if (number != SIGKILL && each->program_->catches(number)) {
        each->program_->signalled(number);
      } else {
        each->die_by(number);
      }
    }
  });
}

}  // namespace nailbiter::sim
