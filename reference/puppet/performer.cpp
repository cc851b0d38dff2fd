#include "reference/puppet/performer.hpp"

#include <utility>

#include "reference/puppet/control_message.hpp"

namespace naild::puppet {

performer::performer(stage& where)
    : stage_(where),
      wake_(where.strand(), task::label_of(where.session(), task::step_kind::wake, task::session_part::state)),
      readers_(where.strand(), task::label_of(where.session(), task::step_kind::spawn, task::session_part::control)),
      control_(where.session(), *this),
      working_dir_(where.working_dir()) {
  run_ = value_of("NAILBITER_RUN").value_or("-");
}

void performer::control_changed() {
  if (control_.dropped() || control_.asked_exit_code()) stage_.interrupt();
  wake_.set();
}

// A cancel first: whoever orders an exit after it still wants to know that it was seen.
performer::ending performer::over() const {
  if (stage_.cancelled()) return cancelled_exit_code;
  if (const auto code = control_.asked_exit_code()) return code;
  if (control_.dropped()) return control_lost_exit_code;
  return std::nullopt;
}

task::task<std::int32_t> performer::perform() {
  const bool opened = co_await open_control();
  if (!opened) co_return control_lost_exit_code;
  const ending ended = co_await perform_script();
  const std::int32_t code = ended.value_or(0);
  co_await say_goodbye(code);
  co_return code;
}

task::task<bool> performer::open_control() {
  const auto text = value_of("NAILBITER_CONTROL");
  if (!text) co_return true;
  const auto where = port::parse_address(*text);
  bool connected = false;
  if (where) connected = co_await control_.connect(*where, stage_.network());
  if (!connected) {
    co_await write(2, "puppet: nobody listens at NAILBITER_CONTROL\n");
    co_return false;
  }
  base::bytes hello = hello_line(run_, stage_.pid());
  (void)co_await control_.report(std::move(hello));
  readers_.start(control_.read_orders());
  co_return true;
}

task::task<> performer::say_goodbye(std::int32_t code) {
  if (!control_.connected()) co_return;
  if (!stage_.killed()) co_await report_end(code);
  control_.close();
  co_await readers_.join();
}

task::task<> performer::report_end(std::int32_t code) {
  base::bytes lines = stage_.cancelled() ? cancelled_line(run_) : base::bytes();
  lines += exit_line(run_, code);
  (void)co_await control_.report(std::move(lines));
}

task::task<performer::ending> performer::perform_script() {
  const auto script = parse_script(stage_.arguments());
  if (!script) {
    const ending ended = co_await complain(script.error());
    co_return ended;
  }
  for (const op& each : *script) {
    ending ended = co_await obey_orders();
    if (!ended) ended = co_await perform_op(each);
    if (ended) co_return ended;
  }
  co_return std::nullopt;
}

task::task<performer::ending> performer::complain(base::byte_view text) {
  base::bytes line = "puppet: ";
  line.append(text).append("\n");
  co_await write(2, line);
  co_return usage_exit_code;
}

task::task<performer::ending> performer::perform_op(const op& what) {
  switch (what.kind) {
    case op_kind::out: co_await write(1, what.text); break;
    case op_kind::err: co_await write(2, what.text); break;
    case op_kind::stream: co_await write_stream(what.number, what.count); break;
    case op_kind::flood: co_await flood(); break;
    case op_kind::cat: co_await copy_stdin(); break;
    case op_kind::read: co_await skip_stdin(what.count); break;
    case op_kind::close: close(what.number); break;
    case op_kind::set_env: set_values_.insert_or_assign(what.text, what.value); break;
    case op_kind::chdir: working_dir_ = what.text; break;
    case op_kind::log_level: stage_.set_log_level(static_cast<port::severity>(what.number)); break;
    case op_kind::run_value: co_await set_or_print(what); break;
    case op_kind::exit: co_return what.number;
    case op_kind::hang: co_return co_await hang();
    case op_kind::env:
    case op_kind::envall:
    case op_kind::args:
    case op_kind::cwd:
    case op_kind::counter:
    case op_kind::option:
    case op_kind::memo: {
      const base::bytes text = answer_to(what);
      co_await write(1, text);
      break;
    }
    case op_kind::wait:
    case op_kind::barrier: co_return co_await wait_for_harness(what);
    case op_kind::deaf: co_return co_await be_deaf(what);
    case op_kind::fault:
      (void)co_await leave_to_stage(what);
      co_return usage_exit_code;
    case op_kind::log:
    case op_kind::log_file:
    case op_kind::logged:
    case op_kind::thread:
    case op_kind::late:
    case op_kind::cout:
    case op_kind::cerr:
    case op_kind::cin:
    case op_kind::exclusive:
    case op_kind::release:
    case op_kind::spawn:
    case op_kind::orphan:
    case op_kind::set_sid:
    case op_kind::trap:
    case op_kind::raw:
    case op_kind::crash:
    case op_kind::fds:
    case op_kind::tty:
    case op_kind::spin: co_return co_await leave_to_stage(what);
  }
  co_return over();
}

task::task<performer::ending> performer::wait_for_harness(const op& what) {
  const bool all_wait = what.kind == op_kind::barrier;
  if (!control_.connected() && all_wait) co_return co_await complain("barrier needs NAILBITER_CONTROL");
  if (!control_.connected()) co_return co_await wait_for_byte();
  base::bytes report = all_wait ? barrier_line(run_, what.text) : at_line(run_, what.text);
  co_return co_await wait_for(what.text, std::move(report));
}

task::task<performer::ending> performer::leave_to_stage(const op& what) {
  const auto text = co_await stage_.perform_process_op(what);
  if (!text) co_return co_await complain("this op needs the puppet as a process, or puppet-blocking");
  if (!text->empty()) co_await write(1, *text);
  co_return over();
}

/// Performs what the harness or a trapped signal has ordered meanwhile.
task::task<performer::ending> performer::obey_orders() {
  for (;;) {
    if (const ending ended = over()) co_return ended;
    auto text = control_.take_op();
    if (!text) text = stage_.take_op();
    if (!text) co_return std::nullopt;
    const auto parsed = parse_op(*text);
    ending ended;
    if (parsed) {
      ended = co_await perform_op(*parsed);
    } else {
      ended = co_await complain(parsed.error());
    }
    if (ended) co_return ended;
  }
}

task::task<performer::ending> performer::wait_for(base::byte_view token, base::bytes report) {
  (void)co_await control_.report(std::move(report));
  for (;;) {
    const ending ended = co_await obey_orders();
    if (ended) co_return ended;
    if (control_.take_go(token)) co_return std::nullopt;
    co_await wake_;
  }
}

// Only the harness ends it.
task::task<performer::ending> performer::be_deaf(const op& what) {
  base::bytes report = at_line(run_, what.text);
  (void)co_await control_.report(std::move(report));
  while (!control_.take_go(what.text) && !control_.dropped() && !control_.asked_exit_code()) co_await wake_;
  co_return over();
}

task::task<performer::ending> performer::wait_for_byte() {
  (void)co_await stage_.read(1);
  co_return over();
}

task::task<performer::ending> performer::hang() {
  for (;;) {
    const ending ended = co_await obey_orders();
    if (ended) co_return ended;
    co_await wake_;
  }
}

}  // namespace naild::puppet
