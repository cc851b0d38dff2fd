#pragma once

// A live target as the questions of a probe see it: what the command line and the profile say of it, and a way to play.

#include <string>

#include "harness/command/live_setup.hpp"
#include "harness/probe/survey.hpp"
#include "harness/target/interruption.hpp"
#include "harness/target/live_target.hpp"

namespace nailbiter::command {

/// A daemon without a profile claims only what the command line names; with --dialect, that dialect.
probe::claims claims_of(const live_setup& setup, const target_choice& against);

/// Plays against `target` until `stop` is requested. Borrows both.
probe::play player_of(target::live_target& target, target::interruption& stop);

/// Not empty: the target says that it did what cannot be done, and how. Asks what the setup gives it the means for, over
/// the first transport that answers.
std::string told_lies(const live_setup& setup, const probe::play& session);

}  // namespace nailbiter::command
