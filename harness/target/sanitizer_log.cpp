#include "harness/target/sanitizer_log.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace nailbiter::target {
namespace {

constexpr std::size_t line_bytes_max = 4096;
constexpr std::size_t places_max = 6;
constexpr std::string_view session_line = "naild: this is in session ";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == text.npos ? std::string_view() : text.substr(begin);
}

/// "#0 f(int) /a/b/file.cpp:12:3 (naild+0x12)" -> "f(int) file.cpp:12:3"; the addresses differ from run to run.
std::string place_of(std::string_view frame) {
  frame.remove_prefix(std::min(frame.find(' '), frame.size()));
  frame = trimmed(frame);
  if (frame.starts_with("0x")) frame = trimmed(frame.substr(std::min(frame.find(" in "), frame.size() - 4) + 4));
  frame = frame.substr(0, frame.rfind(" ("));
  const auto slash = frame.rfind('/');
  const auto space = frame.rfind(' ');
  if (slash == frame.npos || space == frame.npos || slash < space) return std::string(frame);
  return fmt::format("{} {}", frame.substr(0, space), frame.substr(slash + 1));
}

/// The libraries' own frames stand above what somebody wrote.
bool is_interesting(std::string_view frame) {
  for (const auto* library : {"libsanitizer/", "/include/c++/", "/usr/include/"}) {
    if (frame.find(library) != frame.npos) return false;
  }
  return frame.find(".cpp:") != frame.npos || frame.find(".cc:") != frame.npos || frame.find(".c:") != frame.npos ||
         frame.find(".hpp:") != frame.npos || frame.find(".h:") != frame.npos;
}

}  // namespace

std::string sanitizers_of(const std::filesystem::path& executable) {
  // What an instrumented program calls, by name: also where the runtime is a library of its own.
  constexpr std::pair<const char*, const char*> known[] = {{"__tsan_init", "ThreadSanitizer"},
                                                           {"__asan_init", "AddressSanitizer"},
                                                           {"__ubsan_handle_", "UndefinedBehaviorSanitizer"}};
  std::ifstream in(executable, std::ios::binary);
  const std::string content(std::istreambuf_iterator<char>(in), {});
  std::string found;
  for (const auto& [symbol, name] : known) {
    if (content.find(symbol) != content.npos) found += (found.empty() ? "" : ", ") + std::string(name);
  }
  return found;
}

void sanitizer_log::push(std::string_view text) {
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    rest_ += text.substr(0, end);
    take_line(rest_);
    rest_.clear();
    text.remove_prefix(end + 1);
  }
  rest_ += text;
  if (rest_.size() > line_bytes_max) rest_.resize(line_bytes_max);
}

std::vector<sanitizer_report> sanitizer_log::take() { return std::exchange(ready_, {}); }

void sanitizer_log::take_line(std::string_view line) {
  if (line.starts_with(session_line) && !ready_.empty()) {
    line.remove_prefix(session_line.size());
    std::from_chars(line.data(), line.data() + line.size(), ready_.back().session);
  } else if (line.find("SUMMARY: ") != line.npos && line.find("Sanitizer: ") != line.npos) {
    end_report(line.substr(line.find("Sanitizer: ") + std::string_view("Sanitizer: ").size()));
  } else if (line.find("WARNING: ThreadSanitizer: ") != line.npos || line.find("ERROR: AddressSanitizer: ") != line.npos ||
             line.find(": runtime error: ") != line.npos) {
    inside_ = true;
    in_stack_ = false;
    race_ = line.find("ThreadSanitizer") != line.npos;
    places_.clear();
  } else if (inside_) {
    const auto text = trimmed(line);
    if (!text.starts_with('#')) {
      in_stack_ = false;
    } else if (!in_stack_ && is_interesting(text) && places_.size() < places_max) {
      in_stack_ = true;
      places_.push_back(place_of(text));
    }
  }
}

void sanitizer_log::end_report(std::string_view summary) {
  if (!std::exchange(inside_, false)) return;
  // The place follows: a path, or an address in brackets.
  const auto path = summary.find('/');
  const auto kind = summary.substr(0, std::min(path == summary.npos ? path : summary.rfind(' ', path), summary.find(" (")));
  auto text = fmt::format("{}: {}", kind, fmt::join(places_, " | "));
  if (text.size() > line_bytes_max) text.resize(line_bytes_max);
  if (told_.insert(text).second) ready_.push_back({.race = race_, .text = std::move(text)});
}

}  // namespace nailbiter::target
