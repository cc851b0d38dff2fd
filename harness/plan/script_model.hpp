#pragma once

// One run of a puppet script on paper: its environment, directory, stdin position and streams, op by op. The part of
// expected_output.hpp that knows each op's meaning.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "harness/plan/expected_output.hpp"

namespace nailbiter::plan {

class script_model {
 public:
  /// `who` must outlive the model.
  explicit script_model(const client& who);

  /// Plays one op. False: nothing of the script runs after it.
  bool run(std::string_view step);

  /// What the run has done when its script has ended or stands still.
  expected_output take();

 private:
  enum class going { on, ended, stuck, untold };

  going play(std::string_view word, std::string_view operands);
  std::optional<going> play_on_thread(std::string_view word, std::string_view operands);
  going play_on_values(std::string_view word, std::string_view operands);
  going write(int fd, std::string_view bytes);
  going start_thread(std::string_view script);
  void leave_open(produced& stream, const std::string& name);
  void share(produced& stream, stream_id id, std::uint64_t bytes);
  going set_log_level(std::string_view operands);
  going write_log(std::string_view operands);
  going switch_log(std::string_view word);
  going fault(std::string_view escaped_text);
  going write_text(int fd, std::string_view escaped_text);
  going write_stream(std::string_view operands);
  going write_environment();
  going write_arguments();
  going write_variable(const std::string& name);
  going write_endless(stream_id id, std::uint64_t offset);
  going copy_stdin();
  going read_stdin(std::string_view operands);
  going set_variable(std::string_view operands);
  going set_or_write_value(std::string_view name, std::string_view value);
  going set_trap(std::string_view operands);
  going end(std::string_view operands);

  const client& who_;
  expected_output result_;
  std::map<std::string, std::string> environment_;
  std::map<std::string, std::uint64_t> counters_;
  std::map<std::string, std::string> run_values_;  // umask, locale
  std::optional<std::string> log_file_;  // what is in the run's own
  std::string directory_;
  std::set<int> closed_;
  unsigned threads_ = 0;
  std::size_t log_level_ = 1;  // info
  std::uint64_t stdin_used_ = 0;
  going state_ = going::on;
};

}  // namespace nailbiter::plan
