#include "harness/explore/fiber.hpp"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace nailbiter::explore {
namespace {

constexpr std::size_t stack_bytes = 256u << 10;

TEST(Fiber, goes_on_where_it_let_go_and_takes_one_body_after_another) {
  fiber own(stack_bytes);
  std::string seen;
  EXPECT_TRUE(own.done());
  own.start([&] {
    seen += 'a';
    own.suspend();
    seen += 'c';
  });
  own.resume();
  seen += 'b';
  EXPECT_FALSE(own.done());
  own.resume();
  EXPECT_TRUE(own.done());
  own.start([&] { seen += 'd'; });
  own.resume();
  EXPECT_EQ(seen, "abcd");
}

/// Lets go inside of a handler, and then throws again what it has caught.
void fail_slowly(fiber& own, const char* text, std::string& seen) {
  try {
    try {
      throw std::runtime_error(text);
    } catch (const std::exception&) {
      own.suspend();
      throw;
    }
  } catch (const std::exception& fault) {
    seen += fault.what();
  }
}

TEST(Fiber, that_lets_go_inside_of_a_handler_keeps_its_own_exception) {
  fiber one(stack_bytes);
  fiber other(stack_bytes);
  std::string seen;
  one.start([&] { fail_slowly(one, "one ", seen); });
  other.start([&] { fail_slowly(other, "other ", seen); });
  one.resume();
  other.resume();
  EXPECT_EQ(std::current_exception(), nullptr);
  one.resume();
  other.resume();
  EXPECT_EQ(seen, "one other ");
}

TEST(Fiber, that_is_destroyed_while_it_stands_is_unwound) {
  struct told {
    bool& gone;
    ~told() { gone = true; }
  };
  bool gone = false;
  {
    fiber own(stack_bytes);
    own.start([&] {
      const told scope{gone};
      own.suspend();
      ADD_FAILURE() << "nobody has resumed it";
    });
    own.resume();
    EXPECT_FALSE(gone);
  }
  EXPECT_TRUE(gone);
}

}  // namespace
}  // namespace nailbiter::explore
