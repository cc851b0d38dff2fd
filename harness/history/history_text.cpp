#include "harness/history/history_text.hpp"

#include <charconv>

#include "harness/history/event_line.hpp"
#include "harness/plan/plan_json.hpp"

namespace nailbiter::history {
namespace {

constexpr std::string_view first_line = "nailbiter history 1";
constexpr std::string_view plan_word = "plan ";
constexpr std::string_view end_word = "end ";

/// The lines of a text that mean something, with their numbers.
class line_reader {
 public:
  explicit line_reader(std::string_view text) noexcept : rest_(text) {}

  /// False at the end of the text.
  bool next(std::string_view& line) noexcept {
    while (!rest_.empty()) {
      const auto end = rest_.find('\n');
      line = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      ++number_;
      if (!line.empty() && line.front() != '#') return true;
    }
    return false;
  }

  std::size_t number() const noexcept { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

tl::unexpected<text_failure> failure(text_error error, std::size_t line, std::string detail = {}) {
  return tl::unexpected(text_failure{error, line, std::move(detail)});
}

bool counts(std::string_view line, std::size_t events) {
  line.remove_prefix(end_word.size());
  std::size_t said = 0;
  const auto [end, ec] = std::from_chars(line.data(), line.data() + line.size(), said);
  return ec == std::errc{} && end == line.data() + line.size() && said == events;
}

}  // namespace

std::string to_text(const history& observed) {
  std::string out(first_line);
  out += '\n';
  out += plan_word;
  for (const char c : plan::to_json(observed.what)) out += c == '\n' ? ' ' : c;
  out += '\n';
  for (const event& each : observed.events) {
    append_line(out, each);
    out += '\n';
  }
  out += end_word;
  out += std::to_string(observed.events.size());
  out += '\n';
  return out;
}

tl::expected<history, text_failure> from_text(std::string_view text, const text_limits& limits) {
  line_reader lines(text);
  std::string_view line;
  if (!lines.next(line) || line != first_line) return failure(text_error::not_a_history, lines.number());
  if (!lines.next(line) || !line.starts_with(plan_word))
    return failure(text_error::bad_plan, lines.number(), "no plan line");
  if (line.size() > limits.line_bytes_max) return failure(text_error::too_long, lines.number());
  auto what = plan::from_json(line.substr(plan_word.size()));
  if (!what) return failure(text_error::bad_plan, lines.number(), what.error());

  history observed;
  observed.what = std::move(*what);
  while (lines.next(line)) {
    if (line.starts_with(end_word)) {
      if (!counts(line, observed.events.size())) return failure(text_error::cut, lines.number());
      return observed;
    }
    if (line.size() > limits.line_bytes_max || observed.events.size() == limits.events_max)
      return failure(text_error::too_long, lines.number());
    auto parsed = parse_line(line);
    if (!parsed) return failure(parsed.error().error, lines.number(), std::move(parsed.error().detail));
    observed.events.push_back(std::move(*parsed));
  }
  return failure(text_error::cut, lines.number());
}

}  // namespace nailbiter::history
