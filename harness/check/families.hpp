#pragma once

// The families of invariants, one a file. Each is pure and may assume of the order of events only: one client received
// its chunks in that order, and a control event came after what it answers.

#include "harness/check/context.hpp"

namespace nailbiter::check {

verdict judge_framing(const context& given);       // every chunk is one that a daemon may send, and nothing after `X`
verdict judge_isolation(const context& given);     // no client sees bytes of another, or of its other stream
verdict judge_order(const context& given);         // what came is what was written, in its order
verdict judge_completeness(const context& given);  // all of it came before `X`
verdict judge_exit(const context& given);          // the right code, with a reason when refused
verdict judge_stdin(const context& given);         // `S` only where it can be used
verdict judge_overlap(const context& given);       // runs at one barrier are alive together
verdict judge_cancellation(const context& given);  // who leaves is cancelled, and nobody else
verdict judge_close(const context& given);         // the daemon closes after `X`
verdict judge_terminal(const context& given);      // a run that began ends once
verdict judge_sanitizer(const context& given);     // no sanitizer in the daemon has reported anything
verdict judge_resources(const context& given);     // rounds do not add up
verdict judge_quiet(const context& given);         // ordinary clients are nothing to complain of in a log
verdict judge_stopping(const context& given);      // a daemon that is asked to stop serves what it has, and ends
verdict judge_liveness(const context& given);      // nothing is waited for that never comes

}  // namespace nailbiter::check
