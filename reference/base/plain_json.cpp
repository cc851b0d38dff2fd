#include "reference/base/plain_json.hpp"

#include <algorithm>
#include <charconv>

namespace naild::base {
namespace {

constexpr bool is_plain(char byte) noexcept { return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\'; }

constexpr std::size_t digits_max = 18;  // of a number that fits for certain

/// Takes from the front of what is left.
class reader {
 public:
  explicit reader(byte_view line) noexcept : rest_(line) {}

  bool at_end() noexcept {
    skip_space();
    return rest_.empty();
  }

  bool stands_at(char wanted) noexcept {
    skip_space();
    return rest_.starts_with(wanted);
  }

  bool take(char wanted) noexcept {
    if (!stands_at(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<byte_view> take_text() noexcept {
    if (!take('"')) return std::nullopt;
    for (std::size_t length = 0; length < rest_.size(); ++length) {
      if (is_plain(rest_[length])) continue;
      if (rest_[length] != '"') return std::nullopt;
      const byte_view text = rest_.substr(0, length);
      rest_.remove_prefix(length + 1);
      return text;
    }
    return std::nullopt;
  }

  std::optional<std::int64_t> take_number() noexcept {
    skip_space();
    const std::size_t sign = rest_.starts_with('-') ? 1 : 0;
    std::size_t length = sign;
    while (length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9') ++length;
    const std::size_t digits = length - sign;
    if (digits == 0 || digits > digits_max || (digits > 1 && rest_[sign] == '0')) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(rest_.data(), rest_.data() + length, number);
    rest_.remove_prefix(length);
    return number;  // a fraction or an exponent is met where the next member or the end is expected
  }

 private:
  void skip_space() noexcept {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  byte_view rest_;
};

}  // namespace

bool is_plain_text(byte_view text) noexcept { return std::ranges::all_of(text, is_plain); }

std::optional<plain_object> plain_object::read(byte_view line) {
  reader from(line);
  std::optional<plain_object> read(std::in_place);  // made where it is returned: it is large
  plain_object& made = *read;
  if (!from.take('{')) return std::nullopt;
  if (from.take('}')) {
    if (!from.at_end()) read.reset();
    return read;
  }
  do {
    const auto key = from.take_text();
    if (!key || made.size_ == members_max || made.find(*key) != nullptr || !from.take(':')) return std::nullopt;
    member& next = made.members_[made.size_];
    next.key = *key;
    next.is_text = from.stands_at('"');
    const auto text = next.is_text ? from.take_text() : std::nullopt;
    const auto number = next.is_text ? std::nullopt : from.take_number();
    if (!text && !number) return std::nullopt;
    next.text = text.value_or(byte_view());
    next.number = number.value_or(0);
    ++made.size_;
  } while (from.take(','));
  if (!from.take('}') || !from.at_end()) read.reset();
  return read;
}

const plain_object::member* plain_object::find(byte_view key) const noexcept {
  for (std::size_t i = 0; i < size_; ++i) {
    if (members_[i].key == key) return &members_[i];
  }
  return nullptr;
}

std::optional<byte_view> plain_object::text(byte_view key) const noexcept {
  const member* found = find(key);
  return found != nullptr && found->is_text ? std::optional(found->text) : std::nullopt;
}

std::optional<std::int64_t> plain_object::number(byte_view key) const noexcept {
  const member* found = find(key);
  return found != nullptr && !found->is_text ? std::optional(found->number) : std::nullopt;
}

}  // namespace naild::base
