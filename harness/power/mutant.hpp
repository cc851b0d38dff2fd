#pragma once

// The catalogue of planted bugs and of harmless changes, as `nailbiter power` needs it: what each is called, where it
// shows, and what is known to be missing. What is planted where is for tests/mutants/apply.py.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::power {

enum class level : std::uint8_t { sim, live };

const char* name_of(level where) noexcept;

struct mutant {
  std::string id{};
  std::string name{};            // its id, with its hops where a set chooses them
  std::string title{};
  bool is_control = false;       // harmless: nobody may flag it
  level home = level::sim;       // where it shows
  std::string case_id{};         // of the one case it shows in; a control's may be a pattern
  std::int64_t hops = 0;         // steps that its guilty one must win
  std::string missing{};         // not empty: nothing is known to detect it, and why
  bool says_when_wrong = false;  // it notes by itself when a state is wrong; else taking its branch is
};

/// Every <ID>.toml of `folder`, by id. The error names the file and line.
tl::expected<std::vector<mutant>, std::string> load_mutants(const std::filesystem::path& folder);

/// What NAILBITER_MUTANT must say to wake it.
std::string waking_word(const mutant& one);

}  // namespace nailbiter::power
