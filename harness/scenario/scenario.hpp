#pragma once

// A scenario as its file says it: texts are templates in which {axis}, {n}, {name} and {previous} are still to be
// filled in (expand.hpp). Every field is named as its key in the file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/dialect.hpp"

namespace nailbiter::scenario {

/// One value of an axis. `name` stands in the id; `texts` is what {axis} becomes, most often just the name.
struct axis_value {
  std::string name;
  std::vector<std::string> texts{};

  friend bool operator==(const axis_value&, const axis_value&) = default;
};

/// `axis = ["a", 1]`, or a table `[axes.axis]` with `value = "text"` or `value = ["op", "op"]`. A list is spliced into
/// the list where a whole entry is "{axis}".
struct axis {
  std::string name;
  std::vector<axis_value> values{};
};

/// `expect = { ... }`. Texts have C escapes; unset = derived from the script.
struct expect_template {
  std::string ends = "exits";                // exits | cancelled | refused | no-answer
  std::optional<std::string> exit{};         // a number; refused: 1 unless said
  std::optional<std::string> stdout_text{};  // key stdout; "stream" = derived
  std::optional<std::string> stderr_text{};  // key stderr
  std::optional<std::string> stderr_contains{};
  std::optional<bool> stdout_prefix{};  // unset: true unless it `exits`
  std::optional<bool> stderr_prefix{};  // unset: true unless it `exits`
  std::string within_ms = "0";
};

/// One `[[client]]`.
struct client_template {
  std::uint32_t line = 0;
  std::string name;                    // with a count and no {n}: the copy's number is appended
  std::optional<std::string> count{};  // a number; may be zero
  std::vector<std::string> script{};   // puppet ops, verbatim
  bool blocking = false;               // the script by the target's puppet that runs on a thread of its own
  bool as_program = false;             // the script by the puppet executable, through the target's way to run programs
  std::vector<std::string> command{};  // C escapes
  std::vector<std::string> env{};      // "KEY=VALUE", C escapes
  std::string cwd = "/";               // C escapes; "" = no `D`
  bool header = true;
  std::string stdin_from = "none";           // key stdin: none | empty | flood | "text:..." (C escapes)
  std::optional<std::string> stdin_bytes{};  // stdin = { bytes = N }: self-identifying bytes, then `.`
  std::string stdin_chunk_bytes = "4096";
  std::string pace = "per-grant";  // per-grant | streaming
  std::string heartbeat_ms = "0";
  std::string read_bytes_per_step = "0";
  std::string starts_after{};  // a client's name; {previous} = the copy before, none for the first
  std::string starts_at_turn = "0";  // its connection and header are this turn, after every lower one; not beside starts_after
  std::vector<std::string> ops{};
  expect_template expect{};
};

struct scenario {
  std::string file;
  std::string id;  // family/name, as its path under scenarios/
  std::string title;
  std::string level = "MUST";               // MUST | SHOULD | MAY
  bool smoke = false;                       // part of `run --smoke`
  std::vector<std::string> requires_ids{};  // key requires: I1-I12, F1-F35, U1-U15
  std::vector<std::string> upstream{};      // U1-U15, K1-K16, "#number"
  std::vector<std::string> capabilities{};  // besides the puppet ops of the scripts, which are derived
  std::vector<std::string> worlds{"sim", "live"};
  std::string mode = "race";                // live, unless the user says: race | settle, where each op must arrive by itself
  dialect needs_dialect{};            // key dialect: the values that the daemon must have; most are derived (dialect_rules.hpp)
  std::vector<std::string> daemon{};  // further options of the daemon under test
  std::vector<std::string> also{};    // [check] also: checkers beyond those of every case
  std::uint64_t memory_growth_kib_max = 0;  // [check]: for `resources`; 0 = no bound beside the slopes
  std::uint64_t deadline_ms = 10'000;
  std::vector<axis> axes{};  // sorted by name
  std::vector<client_template> clients{};

  std::string family() const { return id.substr(0, id.find('/')); }
  bool runs_in(std::string_view world) const;
};

}  // namespace nailbiter::scenario
