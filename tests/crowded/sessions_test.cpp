// What all sessions share, from four real threads at once. What it asserts holds for one thread too; that nobody is in
// there together is for a crash, for AddressSanitizer and for ThreadSanitizer to say.

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/daemon/admission.hpp"
#include "reference/daemon/deadlines.hpp"
#include "reference/daemon/session_table.hpp"
#include "tests/crowded/dropping_strand.hpp"

namespace crowded {
namespace {

namespace daemon = naild::daemon;

constexpr std::uint32_t threads = 4;
constexpr std::uint32_t rounds = 10'000;

/// Calls `body(session)` in each round of each thread; no two sessions have one id.
template <class Body>
void from_all_threads(naild::task::strand& where, Body body) {
  std::vector<std::jthread> all;
  for (std::uint32_t thread = 0; thread < threads; ++thread) {
    all.emplace_back([&where, body, thread] {
      for (std::uint32_t round = 0; round < rounds; ++round) {
        body(std::make_shared<daemon::session_handle>(1 + round * threads + thread, where));
      }
    });
  }
}

TEST(SessionTable, is_empty_when_all_have_left) {
  dropping_strand where;
  daemon::session_table table;
  std::atomic<std::uint32_t> missed{0};
  from_all_threads(where, [&](const daemon::session_ref& session) {
    table.enter(session);
    if (table.size() == 0 || table.ids().empty()) ++missed;
    if (session->id % 8 == 0) table.tell_all({.kind = naild::session::event_kind::drain_asked});
    if (session->id % 4 == 1) table.abandon_all();
    if (session->id % 4 == 2) table.describe_page(where, 0, [](const naild::nail::session_page&) {});
    if (session->id % 4 == 3) (void)table.tell_one(session->id - 1, {.kind = naild::session::event_kind::drain_asked});
    table.leave(session->id);
  });
  EXPECT_EQ(missed, 0u);
  EXPECT_EQ(table.size(), 0u);
}

TEST(SessionTable, tells_of_the_last_one_that_leaves) {
  dropping_strand where;
  daemon::session_table table;
  for (std::uint32_t id = 1; id <= threads * rounds; ++id) table.enter(std::make_shared<daemon::session_handle>(id, where));
  const auto alive = std::make_shared<int>(0);
  const std::weak_ptr<int> told = alive;
  {
    std::vector<std::jthread> all;
    for (std::uint32_t thread = 0; thread < threads; ++thread) {
      all.emplace_back([&, thread] {
        for (std::uint32_t round = 0; round < rounds; ++round) table.leave(1 + round * threads + thread);
      });
    }
    table.call_when_empty(where, [alive] {});
  }
  EXPECT_EQ(told.use_count(), 1) << "the call was posted, and dropped there";
}

TEST(Admission, never_admits_more_than_may_run) {
  dropping_strand where;
  daemon::admission runs(2);
  std::atomic<int> inside{0};
  std::atomic<std::uint32_t> too_many{0};
  from_all_threads(where, [&](const daemon::session_ref& session) {
    if (runs.ask(session) == daemon::admission::answer::admitted) {
      if (inside.fetch_add(1) >= 2) ++too_many;
      inside.fetch_sub(1);
    }
    runs.leave(session->id);
  });
  EXPECT_EQ(too_many, 0u);
  EXPECT_EQ(runs.ask(std::make_shared<daemon::session_handle>(0, where)), daemon::admission::answer::admitted);
}

TEST(Deadlines, keep_no_session_whose_note_is_taken_away) {
  dropping_strand where;
  stopped_clock time;
  daemon::deadlines notes(time, where);
  std::vector<std::weak_ptr<daemon::session_handle>> seen[threads];
  from_all_threads(where, [&](const daemon::session_ref& session) {
    seen[(session->id - 1) % threads].push_back(session);
    notes.set(session, 1'000 + session->id, 0);
    notes.set(session, 2'000'000 - session->id, 1'000 + session->id);
    notes.clear(session->id, 2'000'000 - session->id);
  });
  for (const auto& of_thread : seen) {
    for (const auto& each : of_thread) EXPECT_TRUE(each.expired());
  }
}

}  // namespace
}  // namespace crowded
