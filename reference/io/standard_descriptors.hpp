#pragma once

// Descriptors 0 to 2 of the process, taken away from whoever uses them without being asked to: they belong to no run.
// What the starter gave is kept under other numbers. Knows no log and no streams of C++.

#include "reference/io/file_descriptor.hpp"

namespace naild::io {

struct standard_descriptors {
  file_descriptor out;    // the starter's
  file_descriptor err;    // the starter's
  file_descriptor stray;  // what anybody writes to 1 and 2, non-blocking; none when no pipe could be made
};

/// Once, in main(), before there are threads. From then on 0 is at its end, 1 and 2 are a pipe that never makes its
/// writer wait (what finds no room is lost), and no child inherits what the starter left open. One that the starter had
/// closed counts as /dev/null. In the build of a sanitizer 2 stays the starter's: its runtime reports there and ends the
/// process at once, before anybody could carry the report on.
standard_descriptors take_standard_descriptors() noexcept;

/// 1 and 2 are the starter's again, for what the process still says after its log.
void give_back_standard_descriptors(const standard_descriptors& taken) noexcept;

/// From then on a process that dies by a signal of its own (an assert, a fault) copies what still is in `stray` to
/// `log` first. Both stay open until the end of the process.
void rescue_last_words(int stray, int log) noexcept;

}  // namespace naild::io
