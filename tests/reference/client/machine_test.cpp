#include "reference/client/machine.hpp"

#include <gtest/gtest.h>

#include "reference/wire/encoder.hpp"

namespace naild::client {
namespace {

using wire::client_chunk_type;
using wire::server_chunk_type;

invocation echo() { return {.command = "puppet", .arguments = {"cat"}, .environment = {"A=1"}, .working_dir = "/"}; }

base::bytes from_daemon(server_chunk_type type, base::byte_view payload) {
  base::bytes out;
  wire::append_chunk(out, type, payload);
  return out;
}

base::bytes chunk(client_chunk_type type, base::byte_view payload) {
  base::bytes out;
  wire::append_chunk(out, type, payload);
  return out;
}

machine after_header() {
  machine client(echo());
  client.to_daemon().clear();
  return client;
}

TEST(ClientMachine, sends_arguments_environment_directory_and_then_the_command) {
  machine client(echo());
  EXPECT_EQ(client.to_daemon(), chunk(client_chunk_type::argument, "cat") + chunk(client_chunk_type::environment, "A=1") +
                                    chunk(client_chunk_type::working_dir, "/") + chunk(client_chunk_type::command, "puppet"));
}

TEST(ClientMachine, leaves_stdin_alone_until_the_daemon_asks) {
  machine client = after_header();
  EXPECT_FALSE(client.wants_stdin());
  client.on_bytes(from_daemon(server_chunk_type::start_reading_stdin, ""));
  EXPECT_TRUE(client.wants_stdin());
}

TEST(ClientMachine, the_first_interrupt_half_closes_at_once_and_drops_queued_stdin) {
  machine client = after_header();
  client.on_bytes(from_daemon(server_chunk_type::start_reading_stdin, ""));
  client.on_stdin("unread");
  client.on_interrupt();
  EXPECT_TRUE(client.wants_half_close());
  EXPECT_TRUE(client.to_daemon().empty());
  EXPECT_FALSE(client.ended());
}

TEST(ClientMachine, the_second_interrupt_leaves) {
  machine client = after_header();
  client.on_interrupt();
  client.on_interrupt();
  ASSERT_TRUE(client.ended());
  EXPECT_EQ(client.ended()->exit_code, exit_interrupted);
}

TEST(ClientMachine, output_and_exit_of_a_cancelled_run_still_arrive) {
  machine client = after_header();
  client.on_interrupt();
  client.on_bytes(from_daemon(server_chunk_type::stderr_data, "bye") + from_daemon(server_chunk_type::exit, "-15"));
  EXPECT_EQ(client.to_stderr(), "bye");
  ASSERT_TRUE(client.ended());
  EXPECT_EQ(client.ended()->exit_code, 241);
}

TEST(ClientMachine, an_end_without_exit_is_unknown_and_says_so) {
  machine client = after_header();
  client.on_connection_end(base::io_error::end_of_stream);
  ASSERT_TRUE(client.ended());
  EXPECT_EQ(client.ended()->exit_code, exit_no_daemon);
  EXPECT_NE(client.ended()->complaint.find("unknown"), std::string::npos);
}

TEST(ClientMachine, an_unknown_chunk_ends_with_its_type) {
  machine client = after_header();
  client.on_bytes(base::bytes("\0\0\0\0P", 5));
  ASSERT_TRUE(client.ended());
  EXPECT_NE(client.ended()->complaint.find("0x50"), std::string::npos);
}

TEST(ClientMachine, nothing_after_the_exit_is_printed) {
  machine client = after_header();
  client.on_bytes(from_daemon(server_chunk_type::exit, "3") + from_daemon(server_chunk_type::stdout_data, "late"));
  EXPECT_EQ(client.to_stdout(), "");
  EXPECT_EQ(client.ended()->exit_code, 3);
}

TEST(ClientMachine, an_end_without_exit_is_unknown_also_when_nobody_reads_the_output) {
  machine client = after_header();
  client.on_output_gone();
  client.on_connection_end(base::io_error::end_of_stream);
  ASSERT_TRUE(client.ended());
  EXPECT_EQ(client.ended()->exit_code, exit_no_daemon);
}

TEST(ClientMachine, an_output_that_nobody_reads_ends_the_run) {
  machine client = after_header();
  client.on_output_gone();
  EXPECT_TRUE(client.wants_half_close());
  client.on_bytes(from_daemon(server_chunk_type::stdout_data, "more"));
  EXPECT_EQ(client.to_stdout(), "");
}

TEST(ClientMachine, beats_until_it_has_interrupted_its_run_also_behind_the_end_of_stdin) {
  machine client = after_header();
  client.on_bytes(from_daemon(server_chunk_type::start_reading_stdin, ""));
  client.on_stdin_end();
  client.to_daemon().clear();
  client.on_heartbeat_due();
  EXPECT_EQ(client.to_daemon(), chunk(client_chunk_type::heartbeat, ""));
  client.on_heartbeat_due();
  EXPECT_EQ(client.to_daemon(), chunk(client_chunk_type::heartbeat, "")) << "one says enough while it waits to be sent";
  client.on_interrupt();
  client.on_heartbeat_due();
  EXPECT_EQ(client.to_daemon(), "");
}

TEST(ClientMachine, local_end_of_stdin_is_one_chunk) {
  machine client = after_header();
  client.on_bytes(from_daemon(server_chunk_type::start_reading_stdin, ""));
  client.on_stdin_end();
  client.on_stdin_end();
  EXPECT_EQ(client.to_daemon(), chunk(client_chunk_type::stdin_eof, ""));
  EXPECT_FALSE(client.wants_stdin());
}

}  // namespace
}  // namespace naild::client
