#include "harness/command/evidence.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/command/failure.hpp"

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;

class Evidence : public ::testing::Test {
 protected:
  Evidence() : root_(fs::temp_directory_path() / ("evidence-" + std::to_string(::getpid()))) {
    auto& what = result_.observed.what;
    what.case_id = "env/frame";
    what.clients.push_back({.name = "a", .command = {"exec", "true"}, .environment = {"TOKEN=s3cret", "PATH=/bin"}});
    result_.summary = {.result = check::outcome::fail, .checker = "order", .why = check::reason::unexpected_output, .detail = "got s3cret"};
    result_.observed.events.push_back({.kind = history::event_kind::received_chunk, .type = '1', .text = "s3cret"});
    result_.wire_log = "-> E TOKEN=s3cret\n";
    result_.daemon_log = "password0123\n";
  }
  ~Evidence() override { fs::remove_all(root_); }

  fs::path keep(const std::string& schedule = {}) {
    evidence kept(root_, "run", {"SESSION_KEY=password0123"});
    auto record = report::record_of(result_);
    EXPECT_TRUE(kept.keep(result_, record, schedule));
    return *kept.folder_of("env/frame");
  }

  fs::path root_;
  target::case_result result_;
};

TEST_F(Evidence, holds_no_secret_in_any_file) {
  for (const auto& file : fs::directory_iterator(keep())) {
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(content.find("s3cret"), content.npos) << file.path();
    EXPECT_EQ(content.find("password0123"), content.npos) << file.path();
  }
}

TEST_F(Evidence, is_read_back_as_the_failure_it_was) {
  const auto read = read_failure(keep("schedule"));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->what.case_id, "env/frame");
  EXPECT_EQ(read->verdict, report::stored(report::record_of(result_)));
  EXPECT_EQ(read->schedule, "schedule");
}

TEST_F(Evidence, holds_the_history_drawn) {
  const auto folder = keep();
  for (const auto* name : {"diagram.html", "diagram.mmd", "trace.json"}) EXPECT_GT(fs::file_size(folder / name), 0u) << name;
}

TEST_F(Evidence, gives_a_text_for_reports_without_the_secrets_of_the_process) {
  const evidence kept(root_, "run", {"SESSION_KEY=password0123"});
  EXPECT_EQ(kept.without_secrets("key password0123, s3cret").find("password0123"), std::string::npos);
}

TEST_F(Evidence, draws_a_history_under_the_title_of_its_scenario) {
  evidence kept(root_, "run", {});
  auto record = report::record_of(result_);
  record.title = "A frame of its own";
  ASSERT_TRUE(kept.keep(result_, record));
  std::ifstream stream(*kept.folder_of("env/frame") / "diagram.html");
  const std::string content{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_NE(content.find("A frame of its own. order: unexpected output"), content.npos);
}

TEST_F(Evidence, has_no_schedule_when_the_failure_was_live) { EXPECT_FALSE(fs::exists(keep() / "schedule.bin")); }

TEST_F(Evidence, gets_redacted_values_back_from_the_scenario) {
  const auto read = read_failure(keep());
  ASSERT_TRUE(read);
  const auto what = trusted(read->what, &result_.observed.what);
  ASSERT_TRUE(what) << what.error();
  EXPECT_EQ(*what, result_.observed.what);
}

TEST_F(Evidence, is_never_trusted_with_a_command_of_its_own) {
  auto stored = result_.observed.what;
  stored.clients[0].command = {"exec", "rm"};
  EXPECT_FALSE(trusted(stored, &result_.observed.what));
  EXPECT_FALSE(trusted(stored, nullptr));
}

TEST_F(Evidence, is_never_trusted_with_daemon_options_of_its_own) {
  auto stored = result_.observed.what;
  stored.daemon_args = {"--log=/etc/passwd"};
  EXPECT_FALSE(trusted(stored, &result_.observed.what));
}

TEST(Read_failure, names_the_file_that_is_missing) {
  const auto read = read_failure("/nonexistent");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().find("verdict.json"), std::string::npos);
}

TEST(Shell_word, quotes_what_a_shell_would_take_apart) {
  EXPECT_EQ(shell_word("out/a-b=c,d.e"), "out/a-b=c,d.e");
  EXPECT_EQ(shell_word("a[b=c]"), "'a[b=c]'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace nailbiter::command
