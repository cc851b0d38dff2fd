#include "harness/actor/turns.hpp"

namespace nailbiter::actor {

turns::turns(const plan::plan& what) {
  for (std::uint32_t actor = 0; actor < what.clients.size(); ++actor) {
    const plan::client& who = what.clients[actor];
    if (who.starts_at_turn != 0) owners_.emplace(who.starts_at_turn, actor);
    for (const plan::op& step : who.ops) {
      if (step.kind == plan::op_kind::turn) owners_.emplace(step.number, actor);
    }
  }
}

}  // namespace nailbiter::actor
