#include "harness/explore/schedule.hpp"

namespace nailbiter::explore {
namespace {

constexpr std::string_view magic = "NBSC";
constexpr std::size_t strands_max = 65'536;

void put(std::string& out, std::uint64_t value, std::size_t byte_count) {
  for (std::size_t i = 0; i < byte_count; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xffu));
}

void put_text(std::string& out, std::string_view text) {
  text = text.substr(0, schedule_text_bytes_max);
  put(out, text.size(), 2);
  out.append(text);
}

// Reads on after an error give zeros; the first error is kept.
class reader {
 public:
  explicit reader(std::string_view bytes) noexcept : rest_(bytes) {}

  std::uint64_t number(std::size_t byte_count) noexcept {
    if (rest_.size() < byte_count) return fail(schedule_error::cut_short), 0;
    std::uint64_t value = 0;
    for (std::size_t i = byte_count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(byte_count);
    return value;
  }

  std::string text() {
    const std::size_t size = number(2);
    if (size > schedule_text_bytes_max) return fail(schedule_error::too_large), std::string();
    if (rest_.size() < size) return fail(schedule_error::cut_short), std::string();
    std::string taken(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return taken;
  }

  /// A count of items of at least `item_bytes` each: what the bytes cannot hold is refused before it is allocated.
  std::size_t count(std::size_t limit, std::size_t item_bytes) noexcept {
    const std::size_t items = number(4);
    if (items > limit) return fail(schedule_error::too_large), 0;
    if (items > rest_.size() / item_bytes) return fail(schedule_error::cut_short), 0;
    return items;
  }

  void fail(schedule_error why) noexcept {
    if (!failed_) error_ = why;
    failed_ = true;
    rest_ = {};
  }

  bool failed() const noexcept { return failed_; }
  schedule_error error() const noexcept { return error_; }
  std::string_view rest() const noexcept { return rest_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
  schedule_error error_{};
};

trace_step read_step(reader& from, std::size_t strand_count) {
  trace_step step;
  step.strand = static_cast<strand_id>(from.number(2));
  step.chosen = static_cast<std::uint16_t>(from.number(2));
  step.ready = static_cast<std::uint16_t>(from.number(2));
  const auto kind = static_cast<std::uint8_t>(from.number(1));
  step.part = static_cast<std::uint8_t>(from.number(1));
  if (kind > static_cast<std::uint8_t>(naild::task::step_kind::clock) || step.chosen >= step.ready ||
      step.strand >= strand_count) {
    from.fail(schedule_error::bad_step);
    return {};
  }
  step.kind = static_cast<naild::task::step_kind>(kind);
  return step;
}

data_choice read_choice(reader& from) {
  data_choice choice;
  choice.value = static_cast<std::uint8_t>(from.number(1));
  choice.bound = static_cast<std::uint8_t>(from.number(1));
  if (choice.value >= choice.bound) from.fail(schedule_error::bad_step);
  return choice;
}

}  // namespace

std::string to_binary(const schedule& what) {
  std::string out(magic);
  out.reserve(64 + what.strands.size() * 24 + what.steps.size() * 8 + what.choices.size() * 2);
  put(out, schedule_version, 4);
  put(out, what.seed, 8);
  put(out, what.end_ns, 8);
  put_text(out, what.strategy);
  put_text(out, what.source_hash);
  put_text(out, what.build_hash);
  put(out, what.strands.size(), 4);
  for (const strand_entry& strand : what.strands) {
    put(out, strand.session, 4);
    put_text(out, strand.name);
  }
  put(out, what.steps.size(), 4);
  for (const trace_step& step : what.steps) {
    put(out, step.strand, 2);
    put(out, step.chosen, 2);
    put(out, step.ready, 2);
    put(out, static_cast<std::uint8_t>(step.kind), 1);
    put(out, step.part, 1);
  }
  put(out, what.choices.size(), 4);
  for (const data_choice& choice : what.choices) {
    put(out, choice.value, 1);
    put(out, choice.bound, 1);
  }
  put(out, hash_of(what.steps, what.choices, what.end_ns), 8);
  return out;
}

tl::expected<schedule, schedule_error> parse_schedule(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return tl::unexpected(schedule_error::not_a_schedule);
  reader from(bytes.substr(magic.size()));
  const std::uint64_t version = from.number(4);
  if (!from.failed() && (version == 0 || version > schedule_version)) return tl::unexpected(schedule_error::unknown_version);
  schedule parsed;
  parsed.seed = from.number(8);
  parsed.end_ns = from.number(8);
  parsed.strategy = from.text();
  parsed.source_hash = from.text();
  if (version >= 2) parsed.build_hash = from.text();
  parsed.strands.resize(from.count(strands_max, 6));
  for (strand_entry& strand : parsed.strands) {
    strand.session = static_cast<std::uint32_t>(from.number(4));
    strand.name = from.text();
  }
  parsed.steps.resize(from.count(schedule_steps_max, 8));
  for (trace_step& step : parsed.steps) step = read_step(from, parsed.strands.size());
  parsed.choices.resize(from.count(schedule_steps_max, 2));
  for (data_choice& choice : parsed.choices) choice = read_choice(from);
  const std::uint64_t hash = from.number(8);
  if (from.failed()) return tl::unexpected(from.error());
  if (!from.rest().empty()) return tl::unexpected(schedule_error::trailing_bytes);
  if (hash != hash_of(parsed.steps, parsed.choices, parsed.end_ns)) return tl::unexpected(schedule_error::corrupt);
  return parsed;
}

}  // namespace nailbiter::explore
