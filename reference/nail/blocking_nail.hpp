#pragma once

// A nail whose work may block: it runs on a thread of its own and waits in its calls. Where a coroutine nail fits (a
// wait for a client, a child or a clock), that is cheaper; this is for libraries that block.
//
//   class greet final : public blocking_nail {
//    public:
//     std::int32_t run(blocking_context run) override {
//       std::cout << "who are you?\n";                      // the client of THIS run sees it
//       std::istream in(std::cin.rdbuf());
//       std::string name;
//       std::getline(in, name);
//       run.start_thread([run, name]() mutable { run.write_stdout("hello " + name + "\n"); });
//       return 0;                                           // after the threads that it has started
//     }
//   };
//   nails.add("greet", [&threads] { return make_nail(std::make_unique<greet>(), threads, {}); });

#include <cstdint>
#include <functional>
#include <memory>

#include "reference/nail/blocking_context.hpp"
#include "reference/nail/nail.hpp"
#include "reference/port/thread_pool.hpp"

namespace naild::nail {

class blocking_nail {
 public:
  virtual ~blocking_nail() = default;

  /// The exit code. On a pool thread that is bound to the run. Ends soon after run.stop() has been requested; after the
  /// grace it is given up: its client is told, and what it writes from then on goes to the log. An exception becomes
  /// a line on stderr and blocking_fault_exit_code.
  virtual std::int32_t run(blocking_context run) = 0;
};

inline constexpr std::int32_t blocking_fault_exit_code = 70;
inline constexpr std::int32_t no_thread_exit_code = 75;

struct blocking_terms {
  std::uint64_t grace_ms = 3'000;         // from the cancel until the run is given up
  std::function<void()> when_exhausted{};  // too many threads are lost; on the session's strand; may be empty
  // On the thread of the run, bound to none: before it works, and after it and its helpers, before its client knows.
  std::function<void(std::uint32_t session)> when_begun{};  // may be empty
  std::function<void(std::uint32_t session)> when_ended{};  // may be empty
};

/// `work` as a nail like any other. Borrows the pool.
std::unique_ptr<nail> make_nail(std::unique_ptr<blocking_nail> work, port::thread_pool& threads, blocking_terms terms);

}  // namespace naild::nail
