#include "harness/sim/process_spawner.hpp"

#include <csignal>
#include <utility>

namespace nailbiter::sim {
namespace {

constexpr std::size_t cat_bytes = 64u << 10;

class simulated_process final : public port::process {
 public:
  simulated_process(std::shared_ptr<family> members, std::unique_ptr<port::byte_stream> streams[3], std::uint32_t session, std::size_t& unreaped)
      : process(task::label_of(session, task::step_kind::wake, task::session_part::state)), family_(std::move(members)),
        streams_{std::move(streams[0]), std::move(streams[1]), std::move(streams[2])}, unreaped_(unreaped) {
    ++unreaped_;
    family_->on_noticed([this](std::int32_t status) {
      if (std::exchange(waiting_, false)) exited_.complete(status);
    });
  }
  ~simulated_process() override {
    family_->on_noticed(nullptr);
    reap();
  }

  port::byte_stream& standard_in() noexcept override { return *streams_[0]; }
  port::byte_stream& standard_out() noexcept override { return *streams_[1]; }
  port::byte_stream& standard_err() noexcept override { return *streams_[2]; }
  std::int32_t pid() const noexcept override { return family_->leader_pid(); }

  void signal_group(int number) noexcept override {
    if (!reaped_) family_->post_signal(number);
  }
  void reap() noexcept override {
    if (std::exchange(reaped_, true)) return;
    --unreaped_;
    if (family_->members() > 0) family_->post_signal(SIGKILL);
  }

 protected:
  task::started start_exited() override {
    if (const auto status = family_->leader_status()) return exited_.finish(*status);
    waiting_ = true;
    return task::started::pending;
  }

 private:
  std::shared_ptr<family> family_;  // its other owners are the members that run
  std::unique_ptr<port::byte_stream> streams_[3];
  std::size_t& unreaped_;
  bool waiting_ = false;
  bool reaped_ = false;
};

class ends_with final : public program {
 public:
  explicit ends_with(std::int32_t code) noexcept : code_(code) {}
  task::task<std::int32_t> run(child&) override { co_return code_; }

 private:
  std::int32_t code_;
};

class cat final : public program {
 public:
  task::task<std::int32_t> run(child& self) override {
    for (;;) {
      const std::string text = co_await self.read(cat_bytes);
      if (text.empty()) co_return 0;
      const bool taken = co_await self.write(1, text);
      if (!taken) co_return -SIGPIPE;
    }
  }
};

}  // namespace

std::unique_ptr<program> make_small_program(const port::process_request& what) {
  const std::string name = what.program.substr(what.program.rfind('/') + 1);
  if (name == "true") return std::make_unique<ends_with>(0);
  if (name == "false") return std::make_unique<ends_with>(1);
  if (name == "cat") return std::make_unique<cat>();
  return nullptr;
}

tl::expected<std::unique_ptr<port::process>, port::spawn_error> process_spawner::spawn(const port::process_request& what,
                                                                                       std::uint32_t session) {
  if (what.working_dir.starts_with("/no-such")) return tl::unexpected(port::spawn_error::bad_working_dir);
  if (what.program == "/") return tl::unexpected(port::spawn_error::not_executable);
  auto work = makes_(what);
  if (work == nullptr) return tl::unexpected(port::spawn_error::not_found);
  std::unique_ptr<port::byte_stream> ours[3];
  std::unique_ptr<stream> theirs[3];
  for (const int at : {0, 1, 2}) {
    auto both = pipes_.connected_pair();
    ours[at] = std::move(both.first);
    theirs[at].reset(static_cast<stream*>(both.second.release()));
  }
  auto members = std::make_shared<family>(owner_, makes_, session);
  members->start_leader(what, std::move(work), theirs);
  return std::make_unique<simulated_process>(std::move(members), ours, session, unreaped_);
}

}  // namespace nailbiter::sim
