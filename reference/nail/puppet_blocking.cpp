#include "reference/nail/puppet_blocking.hpp"

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "reference/nail/puppet_log.hpp"
#include "reference/nail/thread_strand.hpp"
#include "reference/puppet/performer.hpp"

namespace naild::nail {
namespace {

using puppet::op_kind;

constexpr std::size_t cin_piece_bytes = 4096;

/// What one thread of the puppet performs.
struct part {
  std::vector<base::bytes> script;
  std::vector<base::bytes> environment;
  base::bytes stream_suffix{};
  std::int64_t pid = 0;
};

std::int32_t perform_part(blocking_context run, const part& mine);

/// How a cancel reaches the performer: in a step of its strand, while it is there.
struct bell {
  task::event* wake = nullptr;
};

// Draws nothing: what others write goes on as it is, by the owner's hand.
class plain_renderer final : public stdio::renderer {
 public:
  void render(stdio::stream which, base::byte_view text) override { (void)console->write(which, text); }
  stdio::exclusive_console* console = nullptr;
};

bool waits_for_harness(const std::vector<base::bytes>& script) {
  return std::ranges::any_of(script, [](const base::bytes& op) {
    return op.starts_with("wait ") || op.starts_with("barrier ") || op.starts_with("deaf ") || op == "hang" || op == "flood";
  });
}

class thread_stage final : public puppet::stage {
 public:
  thread_stage(blocking_context run, const part& mine, thread_strand& own) : run_(std::move(run)), part_(mine), own_(own), log_(run_.log_files(), mine.pid, run_.session()) {}
  ~thread_stage() override { console_ = nullptr; }

  task::task<bool> write(int fd, base::byte_view text) override {
    if (interrupted_) co_return false;
    const auto which = fd == 2 ? stdio::stream::standard_error : stdio::stream::standard_output;
    const stdio::delivery given = console_ ? console_->write(which, text) : run_.write(which, text);
    co_return given == stdio::delivery::taken;
  }
  bool would_wait(std::size_t bytes) const override { return run_.output_would_wait(bytes); }

  task::task<base::bytes> read(std::size_t bytes_max) override {
    if (stdin_closed_ || interrupted_) co_return base::bytes();
    co_return run_.read_stdin(bytes_max);
  }
  void close_stdin() override { stdin_closed_ = true; }
  void interrupt() override { interrupted_ = true; }
  bool cancelled() const override { return run_.cancelled(); }
  void set_log_level(port::severity least) override { run_.own_log().set_level(least); }
  task::task<std::optional<base::bytes>> perform_process_op(const puppet::op& what) override;

  std::span<const base::bytes> arguments() const override { return part_.script; }
  std::span<const base::bytes> environment() const override { return part_.environment; }
  base::byte_view working_dir() const override { return run_.working_dir(); }
  base::byte_view stream_suffix() const override { return part_.stream_suffix; }
  task::strand& strand() override { return own_; }
  std::uint32_t session() const override { return run_.session(); }
  std::int64_t pid() const override { return part_.pid; }
  port::connector& network() override { return run_.world().network; }

  const std::optional<base::bytes>& fault() const noexcept { return fault_; }

 private:
  enum class awaited : bool { no, yes };

  bool start_helper(std::vector<base::bytes> script, awaited by_the_run);

  blocking_context run_;
  const part& part_;
  thread_strand& own_;
  puppet_log log_;
  plain_renderer renderer_;
  std::unique_ptr<stdio::exclusive_console> console_;
  std::optional<base::bytes> fault_;
  unsigned helpers_ = 0;
  bool stdin_closed_ = false;
  bool interrupted_ = false;
};

// Helpers write at the same time: each names itself behind the run's name. One that waits for nothing needs no control.
bool thread_stage::start_helper(std::vector<base::bytes> script, awaited by_the_run) {
  part helper{.script = std::move(script), .environment = part_.environment, .pid = part_.pid};
  helper.stream_suffix = part_.stream_suffix + '/' + std::to_string(++helpers_);
  if (!waits_for_harness(helper.script)) {
    std::erase_if(helper.environment, [](const base::bytes& entry) { return entry.starts_with("NAILBITER_CONTROL="); });
  }
  auto work = [run = run_, helper = std::move(helper)] { (void)perform_part(run, helper); };
  return by_the_run == awaited::yes ? run_.start_thread(std::move(work)) : run_.start_background(std::move(work));
}

void copy_through_cin() {
  std::istream in(std::cin.rdbuf());  // the end of this run's stdin is no other run's
  std::ostream out(std::cout.rdbuf());
  std::vector<char> piece(cin_piece_bytes);
  while (in.get(piece[0])) {
    const std::streamsize more = in.readsome(piece.data() + 1, cin_piece_bytes - 1);
    out.write(piece.data(), 1 + more);
  }
}

task::task<std::optional<base::bytes>> thread_stage::perform_process_op(const puppet::op& what) {
  bool done = true;
  switch (what.kind) {
    case op_kind::thread: done = start_helper(puppet::split_script(what.text), awaited::yes); break;
    case op_kind::late: {
      std::vector<base::bytes> script = puppet::split_script(what.value);
      script.insert(script.begin(), "wait " + what.text);
      done = start_helper(std::move(script), awaited::no);
      break;
    }
    case op_kind::cout: std::cout << what.text << std::flush; break;
    case op_kind::cerr: std::cerr << what.text; break;
    case op_kind::cin: copy_through_cin(); break;
    case op_kind::log: run_.log(static_cast<port::severity>(what.number), what.text); break;
    case op_kind::log_file: done = log_.open(run_.own_log()).empty(); break;
    case op_kind::logged: co_return log_.take(run_.own_log());
    case op_kind::exclusive:
      console_ = run_.take_console(renderer_);
      renderer_.console = console_.get();
      done = console_ != nullptr;
      break;
    case op_kind::release: console_ = nullptr; break;
    case op_kind::fault: fault_ = what.text; break;
    default: co_return std::nullopt;
  }
  if (!done) (void)run_.write_stderr("puppet: no thread, no console or no file for this op\n");
  co_return base::bytes();
}

std::int32_t perform_part(blocking_context run, const part& mine) {
  const std::shared_ptr<thread_strand> own = thread_strand::make(run.place(task::session_part::control));
  thread_stage stage(run, mine, *own);
  puppet::performer performer(stage);
  const auto rings = std::make_shared<bell>();
  rings->wake = &performer.wake();
  const std::stop_callback on_cancel(run.stop(), [own, rings] {
    task::post(*own, task::step_label{}, [rings] {
      if (rings->wake != nullptr) rings->wake->set();
    });
  });
  const std::int32_t code = own->run(performer.perform());
  rings->wake = nullptr;
  if (stage.fault()) throw std::runtime_error(*stage.fault());
  return code;
}

}  // namespace

std::int32_t puppet_blocking::run(blocking_context run) {
  const part all{.script = {run.arguments().begin(), run.arguments().end()},
                 .environment = {run.environment().begin(), run.environment().end()},
                 .pid = pid_};
  return perform_part(run, all);
}

}  // namespace naild::nail
