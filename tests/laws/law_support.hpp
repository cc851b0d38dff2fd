#pragma once

// How a law is held: a property of a subject, checked over many random plans. rapidcheck prints its seed and a failing
// law its plan; RC_PARAMS="seed=N" plays the same cases again.

#include <functional>
#include <string>

#include <rapidcheck.h>

#include "tests/laws/subject_support.hpp"

namespace nailbiter::laws {

using law = std::function<void(subject&)>;

/// A law and how many random cases it gets where nothing else is said; NAILBITER_LAW_CASES multiplies (README.md).
rc::detail::TestResult check(const law& what, subject& held_by, int cases);

/// The law holds, or the test fails with the shrunk case and the command that plays it again. Either way the test's property
/// `cases` says how many cases held.
void expect_holds(const law& what, subject& held_by, int cases);

/// In the simulator, with naild's own puppet.
void expect_holds_simulated(const law& what, int cases);

/// Ends the case as failed unless both clients have observed the same. Prints both plans, seeds and observations.
void require_same(const char* sentence, const played& one, std::size_t client_of_one, const played& other, std::size_t client_of_other);

/// Ends the case as failed and prints the plan.
[[noreturn]] void fail_case(const std::string& sentence, const played& what);

/// What a client observes whose plan has no other client; the seed is drawn.
played alone(subject& held_by, const plan::client& who, std::vector<std::string> daemon_args = {});

}  // namespace nailbiter::laws
