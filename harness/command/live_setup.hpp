#pragma once

// The daemon that a command line asks for, as a live target takes it.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/command/catalogue.hpp"
#include "harness/command/options.hpp"
#include "harness/scenario/profile.hpp"
#include "harness/target/target_description.hpp"

namespace nailbiter::command {

/// What stands for {name} in a profile's words.
using places = std::map<std::string, std::string>;

/// Each word with its places filled in; those that `where` does not know stay.
std::vector<std::string> placed(std::vector<std::string> words, const places& where);

struct live_setup {
  target::target_description description;
  std::optional<scenario::profile> claims{};   // unset: connect and exec claim only what the command line says
  scenario::dialect speaks = scenario::naild_dialect();
  std::string missing{};                       // not empty: the machine lacks what the profile needs
  std::vector<std::string> build{};            // to be run once before the first case (puppet_build.hpp); empty = nothing

  /// The case as this target is to be judged by it, in its dialect; the error says why it cannot be exercised.
  tl::expected<plan::plan, std::string> plan_for(const scenario::scenario_case& one) const;

  /// The same for a plan made from that case.
  tl::expected<plan::plan, std::string> plan_for(const scenario::scenario_case& one, const plan::plan& what) const;
};

/// `scenarios`: the folder whose targets/ holds profiles by name.
tl::expected<live_setup, refusal> set_up(const target_choice& against, const std::filesystem::path& scenarios);

/// The words of a command line that choose the same target again, --exec last; empty for the default.
std::vector<std::string> target_words(const target_choice& against);

/// The same for a shell, with a space before each word.
std::string words_of(const target_choice& against);

/// What to tell whoever sees failures of a daemon of which no profile and no dialect was named: it was held to promises that it
/// may never have given. Empty: one was.
std::string dialect_hint(const target_choice& against);

}  // namespace nailbiter::command
