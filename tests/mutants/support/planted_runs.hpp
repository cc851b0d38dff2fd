#pragma once

// For mutants that mix runs up: every run that is alive, by session. One io thread only.

#include <cstdint>
#include <map>

#include "mutants.hpp"
#include "reference/task/op.hpp"
#include "reference/task/task.hpp"

namespace mutants {

template <class Run>
struct planted_runs {
  static std::map<std::uint32_t, Run*>& alive() {
    static std::map<std::uint32_t, Run*> runs;
    return runs;
  }
  static Run* find(std::uint32_t session) {
    const auto found = alive().find(session);
    return found == alive().end() ? nullptr : found->second;
  }

  /// A member of the run; registers nothing while every mutant sleeps.
  class entry {
   public:
    entry(std::uint32_t session, Run* run) : session_(session) {
      if (!awake().id.empty()) alive()[session] = run;
    }
    ~entry() {
      if (!awake().id.empty()) alive().erase(session_);
    }
    entry(const entry&) = delete;
    entry& operator=(const entry&) = delete;

   private:
    std::uint32_t session_;
  };
};

/// `count` turns of the calling strand: what the guilty step must win against.
inline naild::task::task<> take_turns(std::uint32_t session, unsigned count) {
  using namespace naild::task;
  for (unsigned turn = 0; turn < count; ++turn) {
    op<int> mine(label_of(session, step_kind::post, session_part::hop));
    co_await mine.wait([&mine] {
      mine.complete(0);
      return started::pending;
    });
  }
}

}  // namespace mutants
