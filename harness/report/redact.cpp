#include "harness/report/redact.hpp"

#include <algorithm>
#include <array>

namespace nailbiter::report {
namespace {

constexpr std::array public_names = {
    std::string_view("PATH"),    std::string_view("HOME"),    std::string_view("LANG"), std::string_view("TERM"),
    std::string_view("COLUMNS"), std::string_view("LINES"),   std::string_view("PWD"),  std::string_view("TZ"),
    std::string_view("SHELL"),   std::string_view("USER"),    std::string_view("TMPDIR"),
    std::string_view("LOGNAME"), std::string_view("HOSTNAME")};
constexpr std::array public_prefixes = {std::string_view("LC_"), std::string_view("NAILBITER_"), std::string_view("NAILGUN_"),
                                        std::string_view("PANTS_CONCURRENT")};

constexpr std::size_t plan_secret_bytes_min = 4;
constexpr std::size_t process_secret_bytes_min = 8;

std::string_view name_of_entry(std::string_view entry) noexcept { return entry.substr(0, entry.find('=')); }

std::string_view value_of_entry(std::string_view entry) noexcept {
  const auto equals = entry.find('=');
  return equals == entry.npos ? std::string_view() : entry.substr(equals + 1);
}

const std::string* entry_named(const plan::client& who, std::string_view name) noexcept {
  for (const auto& entry : who.environment) {
    if (name_of_entry(entry) == name) return &entry;
  }
  return nullptr;
}

}  // namespace

bool is_public(std::string_view name) noexcept {
  if (std::find(public_names.begin(), public_names.end(), name) != public_names.end()) return true;
  return std::any_of(public_prefixes.begin(), public_prefixes.end(), [&](auto prefix) { return name.starts_with(prefix); });
}

plan::plan redacted(plan::plan what) {
  for (auto& client : what.clients) {
    for (auto& entry : client.environment) {
      const auto name = name_of_entry(entry);
      if (name.size() == entry.size() || is_public(name)) continue;
      entry = std::string(name) + "=" + std::string(redacted_value);
    }
  }
  return what;
}

secrets::secrets(const plan::plan& what, const std::vector<std::string>& process_environment) {
  const auto add = [&](std::string_view entry, std::size_t bytes_min) {
    const auto value = value_of_entry(entry);
    if (!is_public(name_of_entry(entry)) && value.size() >= bytes_min) whole_.emplace_back(value);
  };
  for (const auto& entry : process_environment) {
    if (!value_of_entry(entry).starts_with('/')) add(entry, process_secret_bytes_min);
  }
  for (const std::string& value : whole_) {
    for (std::size_t at = 0; at + piece_bytes <= value.size(); ++at) pieces_.insert(value.substr(at, piece_bytes));
  }
  for (const auto& client : what.clients) {
    for (const auto& entry : client.environment) add(entry, plan_secret_bytes_min);
  }
  std::sort(whole_.begin(), whole_.end());
  whole_.erase(std::unique(whole_.begin(), whole_.end()), whole_.end());
  std::stable_sort(whole_.begin(), whole_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string secrets::struck_out(std::string text) const {
  for (const auto& secret : whole_) {
    for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at + redacted_value.size())) {
      text.replace(at, secret.size(), redacted_value);
    }
  }
  return without_pieces(std::move(text));
}

std::string secrets::without_pieces(std::string text) const {
  if (pieces_.empty()) return text;
  std::string kept;
  std::size_t struck_to = 0;  // bytes before it are dealt with
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at + piece_bytes <= text.size() && pieces_.contains(text.substr(at, piece_bytes))) {
      if (at >= struck_to) kept += redacted_value;
      struck_to = at + piece_bytes;
    }
    if (at >= struck_to) kept += text[at];
  }
  return kept;
}

bool restore(plan::plan& what, const plan::plan& original) {
  for (auto& client : what.clients) {
    for (auto& entry : client.environment) {
      if (value_of_entry(entry) != redacted_value) continue;
      const auto same = std::find_if(original.clients.begin(), original.clients.end(),
                                     [&](const auto& other) { return other.name == client.name; });
      const auto* whole = same == original.clients.end() ? nullptr : entry_named(*same, name_of_entry(entry));
      if (whole == nullptr) return false;
      entry = *whole;
    }
  }
  return true;
}

}  // namespace nailbiter::report
