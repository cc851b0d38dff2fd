// The console while its owner gives it back: who begins to write then comes behind those who are inside the renderer.

#include <string>

#include <gtest/gtest.h>

#include "reference/stdio/shared_output.hpp"
#include "tests/threads/green_support.hpp"
#include "tests/threads/protocols_support.hpp"

namespace threads {
namespace {

using output_type = naild::stdio::basic_shared_output<fiber_sync>;

/// Draws an `a` when it may, anything else at once.
struct slow_renderer final : naild::stdio::renderer {
  void render(stream which, byte_view text) override {
    if (text == "a") {
      inside.set();
      may_draw.wait();
    }
    drawn += text;
    to->write_as_owner(which, text);
  }
  output_type* to = nullptr;
  signal inside, may_draw;
  std::string drawn;
};

struct silent_session final : naild::stdio::output_watcher, naild::stdio::late_sink {
  void output_waits() noexcept override {}
  void late_output(stream, byte_view) noexcept override {}
};

std::string writes_during_release(fiber_world& world, strategy& decides, std::uint64_t seed) {
  silent_session session;
  output_type output(session, session);
  slow_renderer owner;
  owner.to = &output;
  int writing = 2;
  std::vector<naild::stdio::output_piece> batch;
  const auto write = [&](byte_view text) {
    output.write(out, text);
    if (--writing == 0) output.take(batch);
  };
  world.begin(decides, seed);
  world.start([&] {
    (void)output.take_console(owner);
    world.start([&] { write("a"); });
    owner.inside.wait();
    world.start([&] { write("b"); });
    world.start([&] { owner.may_draw.set(); });
    output.release_console();
  });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  std::string console;
  for (const auto& each : batch) console += each.text;
  const bool passed = console == "ba" && owner.drawn == "a";
  return passed ? "written past the renderer that ends" : console.size() == 2 ? "" : "came: " + console;
}

TEST(Protocols, who_writes_while_the_console_is_given_back_comes_behind_who_is_inside_its_renderer) {
  expect_green("release", writes_during_release);
}

}  // namespace
}  // namespace threads
