#include "harness/explore/fiber.hpp"

#include <cxxabi.h>

#include <cassert>
#include <utility>

#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#elif defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace nailbiter::explore {
namespace {

namespace context = boost::context;

/// What a sanitizer knows of one stack. Switches are announced on the old one and, for AddressSanitizer, on the new one.
struct watched_stack {
#if defined(__SANITIZE_ADDRESS__)
  const void* bottom = nullptr;
  std::size_t bytes = 0;
  void* fake = nullptr;

  void leave_for(const watched_stack& next) { __sanitizer_start_switch_fiber(&fake, next.bottom, next.bytes); }
  void arrive_from(watched_stack& last) { __sanitizer_finish_switch_fiber(fake, &last.bottom, &last.bytes); }
#elif defined(__SANITIZE_THREAD__)
  void* handle = nullptr;

  void leave_for(const watched_stack& next) { __tsan_switch_to_fiber(next.handle, 0); }
  void arrive_from(watched_stack&) {}
#else
  void leave_for(const watched_stack&) {}
  void arrive_from(watched_stack&) {}
#endif
};

/// What the C++ runtime knows of the exceptions of a thread, by its ABI: a fiber may let go inside of a handler.
struct exceptions {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

/// While it lives, the exceptions of this thread are those of a fiber.
class exceptions_of {
 public:
  explicit exceptions_of(exceptions& those) : those_(those) { std::swap(here(), those_); }
  ~exceptions_of() { std::swap(here(), those_); }
  exceptions_of(const exceptions_of&) = delete;
  exceptions_of& operator=(const exceptions_of&) = delete;

 private:
  static exceptions& here() noexcept { return *reinterpret_cast<exceptions*>(abi::__cxa_get_globals()); }

  exceptions& those_;
};

}  // namespace

struct fiber::stack {
  std::size_t bytes;
  std::function<void()> body{};
  context::fiber own{};      // where it stands, while the other side runs
  context::fiber resumer{};  // where that stands, while it runs
  exceptions own_exceptions{};
  watched_stack own_watched{};
  watched_stack resumer_watched{};
  bool done = true;

  void enter(context::fiber&& from) {
    const departure unwound{*this};
    own_watched.arrive_from(resumer_watched);
    resumer = std::move(from);
    while (body) {
      body();
      body = nullptr;
      done = true;
      let_go();
    }
  }

  void let_go() {
    own_watched.leave_for(resumer_watched);
    const arrival again{*this};  // by a resume, or to be unwound
    resumer = std::move(resumer).resume();
  }

  struct arrival {
    stack& on;
    ~arrival() { on.own_watched.arrive_from(on.resumer_watched); }
  };
  struct departure {
    stack& from;
    ~departure() { from.own_watched.leave_for(from.resumer_watched); }
  };
};

namespace {

/// Tells the sanitizers where the stack is.
struct watching_allocator {
  context::fixedsize_stack memory;
  watched_stack* told;

  context::stack_context allocate() {
    const context::stack_context made = memory.allocate();
#if defined(__SANITIZE_ADDRESS__)
    told->bottom = static_cast<const char*>(made.sp) - made.size;
    told->bytes = made.size;
#endif
    return made;
  }
  void deallocate(context::stack_context& old) noexcept { memory.deallocate(old); }
};

}  // namespace

fiber::fiber(std::size_t stack_bytes) : mine_(std::make_unique<stack>(stack{.bytes = stack_bytes})) {}

fiber::~fiber() {
  if (mine_->own) {
#if defined(__SANITIZE_THREAD__)
    mine_->resumer_watched.handle = __tsan_get_current_fiber();
#endif
    const exceptions_of scope(mine_->own_exceptions);
    mine_->resumer_watched.leave_for(mine_->own_watched);
    if (mine_->done) {
      mine_->own = std::move(mine_->own).resume();  // without a body it ends
    } else {
      mine_->own = {};
    }
    mine_->resumer_watched.arrive_from(mine_->own_watched);
  }
#if defined(__SANITIZE_THREAD__)
  if (mine_->own_watched.handle != nullptr) __tsan_destroy_fiber(mine_->own_watched.handle);
#endif
}

void fiber::start(std::function<void()> body) {
  assert(mine_->done);
  mine_->body = std::move(body);
  mine_->done = false;
  if (mine_->own) return;
#if defined(__SANITIZE_THREAD__)
  mine_->own_watched.handle = __tsan_create_fiber(0);
#endif
  watching_allocator memory{context::fixedsize_stack(mine_->bytes), &mine_->own_watched};
  mine_->own = context::fiber(std::allocator_arg, memory, [stack = mine_.get()](context::fiber&& from) {
    stack->enter(std::move(from));
    return std::move(stack->resumer);
  });
}

void fiber::resume() {
  assert(!mine_->done);
#if defined(__SANITIZE_THREAD__)
  mine_->resumer_watched.handle = __tsan_get_current_fiber();
#endif
  const exceptions_of scope(mine_->own_exceptions);
  mine_->resumer_watched.leave_for(mine_->own_watched);
  mine_->own = std::move(mine_->own).resume();
  mine_->resumer_watched.arrive_from(mine_->own_watched);
}

void fiber::suspend() { mine_->let_go(); }

void fiber::abandon() {
  assert(!mine_->done);
  const std::size_t bytes = mine_->bytes;
  [[maybe_unused]] const stack* const left = mine_.release();
#if defined(__SANITIZE_ADDRESS__)
  __lsan_ignore_object(left);
#endif
  mine_ = std::make_unique<stack>(stack{.bytes = bytes});
}

bool fiber::done() const noexcept { return mine_->done; }

}  // namespace nailbiter::explore
