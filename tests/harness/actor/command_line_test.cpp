#include "harness/actor/command_line.hpp"

#include <gtest/gtest.h>

#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::actor {
namespace {

plan::client scripted(std::vector<std::string> script) {
  plan::client who;
  who.name = "a";
  who.script = std::move(script);
  return who;
}

TEST(CommandLine, a_script_that_only_writes_needs_no_control) {
  EXPECT_FALSE(needs_control(scripted({"out hello", "exit 3"})));
}

TEST(CommandLine, a_script_that_waits_needs_control_even_in_a_child) {
  EXPECT_TRUE(needs_control(scripted({"wait t1"})));
  EXPECT_TRUE(needs_control(scripted({"spawn out x; barrier all"})));
}

TEST(CommandLine, an_op_that_reads_reports_needs_control) {
  plan::client who = scripted({"cat"});
  who.ops.push_back({.kind = plan::op_kind::until_started});
  EXPECT_TRUE(needs_control(who));
}

TEST(CommandLine, signals_to_the_client_need_a_process) {
  plan::client who = scripted({"cat"});
  EXPECT_FALSE(needs_process(who));
  who.ops.push_back({.kind = plan::op_kind::kill});
  EXPECT_TRUE(needs_process(who));
}

TEST(CommandLine, the_header_is_arguments_environment_directory_and_command) {
  struct no_strands final : naild::task::strand_pool {
    naild::task::strand& make_strand(std::uint32_t, std::string_view) override { std::abort(); }
    void retire_strand(naild::task::strand&) noexcept override {}
  } strands;
  struct no_clock final : naild::port::clock {
    naild::port::time_ns now() const noexcept override { return 0; }
    std::unique_ptr<naild::port::timer> make_timer(naild::task::step_label) override { return nullptr; }
  } time;
  struct no_network final : naild::port::connector {
    std::unique_ptr<naild::port::connection_attempt> prepare(const naild::port::address&) override { return nullptr; }
  } network;
  const setting where{.world = {strands, time, network}, .daemon = {}, .puppet_argv = {"puppet"}, .control_address = "sim:control"};
  plan::client who = scripted({"wait t1"});
  who.environment = {"K=V"};

  std::string expected;
  wire::append_chunk(expected, 'A', "wait t1");
  wire::append_chunk(expected, 'E', "K=V");
  wire::append_chunk(expected, 'E', "NAILBITER_CONTROL=sim:control");
  wire::append_chunk(expected, 'E', "NAILBITER_RUN=a");
  wire::append_chunk(expected, 'D', "/");
  wire::append_chunk(expected, 'C', "puppet");
  EXPECT_EQ(header_bytes(who, where), expected);
}

}  // namespace
}  // namespace nailbiter::actor
