#include "harness/probe/question.hpp"

#include <stdexcept>
#include <utility>

#include "harness/plan/op_text.hpp"

namespace nailbiter::probe {

plan::op op_of(std::string_view text) {
  auto parsed = plan::parse_op(text);
  if (!parsed) throw std::logic_error(parsed.error());
  return std::move(*parsed);
}

plan::client unscripted(std::vector<std::string_view> ops) {
  plan::client who;
  who.name = "probe";
  who.header = false;
  for (const std::string_view one : ops) who.ops.push_back(op_of(one));
  return who;
}

plan::client scripted(const means& with, std::vector<std::string> script, std::vector<std::string_view> ops) {
  plan::client who = unscripted(std::move(ops));
  who.header = true;
  who.script = std::move(script);
  who.as_program = with.by == vehicle::program;
  return who;
}

plan::plan plan_of(std::string_view name, std::vector<plan::client> clients) {
  plan::plan what;
  what.case_id = "probe/" + std::string(name);
  what.clients = std::move(clients);
  return what;
}

}  // namespace nailbiter::probe
