// A cancel and whatever of its run waits for it.

#include "reference/task/group.hpp"
#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

namespace naild::daemon::support {
namespace {

/// Three of its tasks wait for the cancel.
class waits_thrice final : public nail::nail {
 public:
  task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    co_await run.write_stdout("x");
    task::group waits(run.strand(), start_label);
    for (int i = 0; i < 3; ++i) waits.start(run.until_cancelled());
    co_await waits.join();
    co_return 7;
  }
};

task::task<> leave_when_it_has_begun(client& who, std::string bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  for (bool more = true; more && who.out.empty();) more = co_await who.receive();
  who.stream->shutdown_write();
  co_await who.receive_to_end();
  who.stream->close();
}

TEST(Cancel, ends_every_wait_of_its_run) {
  for_each_schedule([](execution& world) {
    world.add_nail("waits-thrice", [] { return std::make_unique<waits_thrice>(); });
    client& a = world.add_client();
    world.start(leave_when_it_has_begun(a, header({}, "waits-thrice")));
    world.where.run();
    EXPECT_EQ(a.exit, 7);
    EXPECT_EQ(world.server->sessions(), 0u);
  });
}

}  // namespace
}  // namespace naild::daemon::support
