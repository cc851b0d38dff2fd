#include "tests/laws/observation_support.hpp"

#include <fmt/core.h>

#include "harness/plan/c_escape.hpp"
#include "harness/wire/exit_payload.hpp"

namespace nailbiter::laws {

using history::event_kind;

namespace {

void take_exit(observation& into, const std::string& payload) {
  const auto code = wire::parse_exit(payload);
  if (code) into.exit_code = *code;
  if (!code) ++into.slips;
  into.how = ended::exited;
}

void take_chunk(observation& into, const history::event& got) {
  if (into.how == ended::exited) ++into.slips;
  switch (got.type) {
    case '1': into.standard_output += got.text; break;
    case '2': into.standard_error += got.text; break;
    case 'X': take_exit(into, got.text); break;
    default: break;
  }
}

void take(observation& into, const history::event& got) {
  switch (got.kind) {
    case event_kind::received_chunk: take_chunk(into, got); break;
    case event_kind::received_bad_bytes: ++into.slips; break;
    case event_kind::connect_failed:
    case event_kind::received_end:
    case event_kind::received_reset:
      if (into.how == ended::still_open) into.how = ended::cut;
      break;
    default: break;
  }
}

std::string shown(const std::string& bytes) {
  constexpr std::size_t shown_bytes = 300;
  const std::string text = plan::escaped(bytes.substr(0, shown_bytes));
  return bytes.size() > shown_bytes ? fmt::format("\"{}\"... ({} bytes)", text, bytes.size()) : fmt::format("\"{}\"", text);
}

const char* name_of(ended how) noexcept {
  switch (how) {
    case ended::exited: return "exited";
    case ended::cut: return "cut";
    case ended::still_open: return "still open";
  }
  return "?";
}

}  // namespace

std::vector<observation> observe(const history::history& observed) {
  std::vector<observation> all(observed.what.clients.size());
  for (const history::event& each : observed.events) {
    if (each.actor < all.size()) take(all[each.actor], each);
  }
  return all;
}

std::string to_string(const observation& what) {
  const std::string code = what.exit_code ? std::to_string(*what.exit_code) : "none";
  return fmt::format("stdout {} stderr {} exit {} {} slips {}", shown(what.standard_output), shown(what.standard_error), code,
                     name_of(what.how), what.slips);
}

}  // namespace nailbiter::laws
