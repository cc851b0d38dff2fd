#include "harness/plan/op_text.hpp"

#include <charconv>
#include <vector>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/nearest.hpp"
#include "harness/plan/op_table.hpp"

namespace nailbiter::plan {
namespace {

using parsed = tl::expected<op, std::string>;

parsed refuse(std::string why) { return tl::unexpected(std::move(why)); }

// The row with the longest words that `text` begins with, up to a space or the end.
const op_row* find_row(std::string_view text) {
  const op_row* found = nullptr;
  for (const op_row& row : op_table()) {
    if (!text.starts_with(row.words)) continue;
    if (text.size() > row.words.size() && text[row.words.size()] != ' ') continue;
    if (found == nullptr || row.words.size() > found->words.size()) found = &row;
  }
  return found;
}

parsed unknown_op(std::string_view text) {
  std::vector<std::string_view> known;
  for (const op_row& row : op_table()) known.push_back(row.words);
  const std::string_view near = nearest_word(text, known);
  std::string why = "unknown op '" + std::string(text) + "'";
  if (!near.empty()) why += "; did you mean '" + std::string(near) + "'?";
  return refuse(std::move(why));
}

parsed with_number(op_kind kind, std::string_view rest) {
  op made{.kind = kind};
  const auto [end, ec] = std::from_chars(rest.data(), rest.data() + rest.size(), made.number);
  if (rest.empty() || ec != std::errc{} || end != rest.data() + rest.size()) {
    return refuse(std::string("'") + name_of(kind) + "' needs a number, not '" + std::string(rest) + "'");
  }
  return made;
}

// `send-chunk T PAYLOAD`: the type is one byte, written as itself or as an escape; the payload may be empty.
parsed with_bytes(op_kind kind, std::string_view rest) {
  std::string_view payload = rest;
  op made{.kind = kind};
  if (kind == op_kind::send_chunk) {
    const std::size_t space = rest.find(' ', 1);
    const auto type = unescaped(rest.substr(0, space));
    if (!type || type->size() != 1) return refuse("'send-chunk' needs a type of one byte");
    made.text = *type;
    payload = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
  }
  const auto bytes = unescaped(payload);
  if (!bytes) return refuse("bad C escape in '" + std::string(payload) + "'");
  made.text += *bytes;
  return made;
}

}  // namespace

tl::expected<op, std::string> parse_op(std::string_view text) {
  const op_row* row = find_row(text);
  if (row == nullptr) return unknown_op(text);
  std::string_view rest = text.substr(row->words.size());
  if (!rest.empty()) rest.remove_prefix(1);
  switch (row->takes) {
    case operand::none:
      if (!rest.empty())
        return refuse("'" + std::string(row->words) + "' takes nothing more, but got '" + std::string(rest) + "'");
      return op{.kind = row->kind};
    case operand::number:
      return with_number(row->kind, rest);
    case operand::bytes:
      return with_bytes(row->kind, rest);
    case operand::word:
      break;
  }
  if (rest.empty()) return refuse("'" + std::string(row->words) + "' needs a word after it");
  return op{.kind = row->kind, .text = std::string(rest)};
}

}  // namespace nailbiter::plan
