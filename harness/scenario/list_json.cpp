#include "harness/scenario/list_json.hpp"

#include <nlohmann/json.hpp>

namespace nailbiter::scenario {

std::string list_json(std::span<const scenario_case> cases) {
  using json = nlohmann::ordered_json;
  json all = json::array();
  for (const scenario_case& one : cases) {
    json axes = json::object();
    for (const auto& [name, value] : one.axes) axes[name] = value;
    const scenario& from = *one.source;
    all.push_back({{"id", one.what.case_id},
                   {"title", from.title},
                   {"level", from.level},
                   {"requires", from.requires_ids},
                   {"upstream", from.upstream},
                   {"axes", axes},
                   {"worlds", from.worlds},
                   {"mode", from.mode},
                   {"capabilities", one.capabilities},
                   {"smoke", from.smoke},
                   {"clients", one.what.clients.size()}});
  }
  return all.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace nailbiter::scenario
