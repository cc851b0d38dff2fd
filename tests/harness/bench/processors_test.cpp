#include "harness/bench/processors.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "harness/bench/process.hpp"

namespace nailbiter::bench {
namespace {

/// Lives until it is destroyed, and does nothing.
process idle_process() {
  auto started = process::start({"tail", "-f", "/dev/null"}, "/dev/null");
  EXPECT_TRUE(started) << started.error();
  return std::move(*started);
}

cpu_set_t allowed(pid_t process) {
  cpu_set_t found;
  CPU_ZERO(&found);
  EXPECT_EQ(::sched_getaffinity(process, sizeof found, &found), 0);
  return found;
}

bool equal(const cpu_set_t& left, const cpu_set_t& right) { return CPU_EQUAL(&left, &right) != 0; }

// First: where they are not, the later ones find one only.
TEST(Processors, are_given_back) {
  const process server = idle_process();
  const cpu_set_t before = allowed(0);
  {
    const processors given;
    given.place(server.id(), placement::two_processors);
  }
  EXPECT_TRUE(equal(allowed(0), before));
}

TEST(Processors, puts_a_server_beside_whoever_measures_it_or_with_it) {
  const process server = idle_process();
  const processors given;
  given.place(server.id(), placement::one_processor);
  const cpu_set_t own = allowed(0);
  EXPECT_EQ(CPU_COUNT(&own), 1);
  EXPECT_TRUE(equal(allowed(server.id()), own));
  given.place(server.id(), placement::two_processors);
  EXPECT_TRUE(equal(allowed(0), own));
  EXPECT_EQ(equal(allowed(server.id()), own), !given.are_two());
}

}  // namespace
}  // namespace nailbiter::bench
