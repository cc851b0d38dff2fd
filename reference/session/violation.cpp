#include "reference/session/violation.hpp"

namespace naild::session {

const char* describe(violation what) noexcept {
  switch (what) {
    case violation::argument_has_nul: return "an argument contains a NUL byte";
    case violation::environment_has_nul: return "an environment variable contains a NUL byte";
    case violation::environment_without_equals: return "an environment variable has no '='";
    case violation::working_dir_has_nul: return "the working directory contains a NUL byte";
    case violation::working_dir_missing: return "the working directory is missing";
    case violation::working_dir_not_absolute: return "the working directory is not absolute";
    case violation::command_has_nul: return "the command contains a NUL byte";
    case violation::too_many_arguments: return "more arguments than args_max";
    case violation::too_many_variables: return "more environment variables than env_max";
    case violation::header_too_long: return "the header is longer than header_bytes_max";
    case violation::header_not_finished: return "the input ended before the command";
    case violation::header_too_slow: return "the command did not come within header_timeout_ms";
    case violation::header_silent: return "the heartbeats stopped before the command";
    case violation::header_after_command: return "a header chunk came after the command";
    case violation::stdin_before_start: return "stdin came before it was asked for";
    case violation::stdin_after_end: return "stdin came after its end";
    case violation::unknown_chunk: return "a chunk has a type that no client sends";
    case violation::chunk_too_long: return "a chunk is longer than chunk_bytes_max";
  }
  return "unknown violation";
}

}  // namespace naild::session
