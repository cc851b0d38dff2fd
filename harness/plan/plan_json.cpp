#include "harness/plan/plan_json.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/nearest.hpp"
#include "harness/plan/op_table.hpp"

// One function per struct names its members once, for both directions: `each(client, archive)` visits them in order.
// The writer leaves defaults out; the reader refuses keys that nobody asked for. nlohmann's exceptions end in
// from_json.
namespace nailbiter::plan {
namespace {

using json = nlohmann::ordered_json;

struct bad_plan : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class Enum>
struct enum_word {
  Enum value;
  std::string_view word;
};

constexpr enum_word<stdin_source> stdin_words[] = {{stdin_source::none, "none"},
                                                   {stdin_source::empty, "empty"},
                                                   {stdin_source::text, "text"},
                                                   {stdin_source::flood, "flood"}};
constexpr enum_word<stdin_pace> pace_words[] = {{stdin_pace::per_grant, "per-grant"},
                                                {stdin_pace::streaming, "streaming"}};
constexpr enum_word<ending> ending_words[] = {{ending::exits, "exits"},
                                              {ending::cancelled, "cancelled"},
                                              {ending::refused, "refused"},
                                              {ending::no_answer, "no-answer"},
                                              {ending::served_or_refused, "served-or-refused"},
                                              {ending::turned_away, "turned-away"}};
constexpr enum_word<delivery> delivery_words[] = {{delivery::race, "race"}, {delivery::settle, "settle"}};

std::span<const enum_word<delivery>> words_of(delivery) { return delivery_words; }
std::span<const enum_word<stdin_source>> words_of(stdin_source) { return stdin_words; }
std::span<const enum_word<stdin_pace>> words_of(stdin_pace) { return pace_words; }
std::span<const enum_word<ending>> words_of(ending) { return ending_words; }

template <class Archive>
void each(op& value, Archive& archive);
template <class Archive>
void each(expectation& value, Archive& archive);
template <class Archive>
void each(client& value, Archive& archive);

json encode(const std::string& bytes) { return escaped(bytes); }
json encode(bool value) { return value; }
json encode(std::uint64_t value) { return value; }
json encode(std::int32_t value) { return value; }
json encode(op_kind kind) { return name_of(kind); }
template <class Enum>
requires std::is_enum_v<Enum> json encode(Enum value);
template <class T>
json encode(const std::optional<T>& value) {
  return encode(*value);
}
template <class T>
requires std::is_class_v<T> json encode(const T& value);
template <class T>
json encode(const std::vector<T>& values) {
  json list = json::array();
  for (const T& value : values) list.push_back(encode(value));
  return list;
}

class writer {
 public:
  template <class T>
  void member(const char* key, T& value, const T& absent) {
    if (value != absent) object[key] = encode(value);
  }
  template <class T>
  void required(const char* key, T& value) {
    object[key] = encode(value);
  }
  json object = json::object();
};

template <class Enum>
requires std::is_enum_v<Enum> json encode(Enum value) {
  for (const auto& row : words_of(value)) {
    if (row.value == value) return row.word;
  }
  throw bad_plan("a value without a name");
}

template <class T>
requires std::is_class_v<T> json encode(const T& value) {
  writer out;
  T copy = value;
  each(copy, out);
  return std::move(out.object);
}

void decode(const json& from, std::string& to) {
  const auto bytes = unescaped(from.get<std::string>());
  if (!bytes) throw bad_plan("bad C escape in '" + from.get<std::string>() + "'");
  to = *bytes;
}
void decode(const json& from, bool& to) { to = from.get<bool>(); }
void decode(const json& from, std::uint64_t& to) {
  if (!from.is_number_unsigned()) throw bad_plan("not a whole number: " + from.dump());
  to = from.get<std::uint64_t>();
}
void decode(const json& from, std::int32_t& to) {
  if (!from.is_number_integer()) throw bad_plan("not a whole number: " + from.dump());
  to = from.get<std::int32_t>();
}
void decode(const json& from, op_kind& to) {
  const auto word = from.get<std::string>();
  const auto row = std::ranges::find(op_table(), word, &op_row::words);
  if (row == op_table().end()) throw bad_plan("unknown op '" + word + "'");
  to = row->kind;
}
template <class Enum>
requires std::is_enum_v<Enum>
void decode(const json& from, Enum& to) {
  const auto word = from.get<std::string>();
  const auto words = words_of(to);
  const auto row = std::ranges::find(words, word, &enum_word<Enum>::word);
  if (row == words.end()) throw bad_plan("unknown word '" + word + "'");
  to = row->value;
}
template <class T>
requires std::is_class_v<T>
void decode(const json& from, T& to);
template <class T>
void decode(const json& from, std::optional<T>& to) {
  decode(from, to.emplace());
}
template <class T>
void decode(const json& from, std::vector<T>& to) {
  if (!from.is_array()) throw bad_plan("not a list: " + from.dump());
  for (const json& item : from) decode(item, to.emplace_back());
}

class reader {
 public:
  explicit reader(const json& from) : from_(from) {
    if (!from.is_object()) throw bad_plan("not an object: " + from.dump());
  }
  template <class T>
  void member(const char* key, T& value, const T& absent) {
    known_.emplace_back(key);
    const auto found = from_.find(key);
    if (found == from_.end()) {
      value = absent;
    } else {
      decode(*found, value);
    }
  }
  template <class T>
  void required(const char* key, T& value) {
    known_.emplace_back(key);
    const auto found = from_.find(key);
    if (found == from_.end()) throw bad_plan("missing key '" + std::string(key) + "'");
    decode(*found, value);
  }
  void refuse_unknown_keys() const {
    for (const auto& item : from_.items()) {
      if (std::ranges::find(known_, item.key()) != known_.end()) continue;
      throw bad_plan("unknown key '" + item.key() + "'; the nearest is '" +
                     std::string(nearest_word(item.key(), known_)) + "'");
    }
  }

 private:
  const json& from_;
  std::vector<std::string_view> known_;
};

template <class T>
requires std::is_class_v<T>
void decode(const json& from, T& to) {
  reader in(from);
  each(to, in);
  in.refuse_unknown_keys();
}

template <class Archive>
void each(op& value, Archive& archive) {
  archive.required("op", value.kind);
  archive.member("number", value.number, op{}.number);
  archive.member("text", value.text, op{}.text);
}

template <class Archive>
void each(expectation& value, Archive& archive) {
  const expectation absent;
  archive.member("ends", value.ends, absent.ends);
  archive.member("exit", value.exit_code, absent.exit_code);
  archive.member("stdout", value.stdout_text, absent.stdout_text);
  archive.member("stderr", value.stderr_text, absent.stderr_text);
  archive.member("stderr_contains", value.stderr_contains, absent.stderr_contains);
  archive.member("stdout_prefix", value.stdout_is_prefix, absent.stdout_is_prefix);
  archive.member("stderr_prefix", value.stderr_is_prefix, absent.stderr_is_prefix);
  archive.member("within_ms", value.within_ms, absent.within_ms);
}

template <class Archive>
void each(client& value, Archive& archive) {
  const client absent{};
  archive.required("name", value.name);
  archive.member("script", value.script, absent.script);
  archive.member("blocking", value.blocking, absent.blocking);
  archive.member("as_program", value.as_program, absent.as_program);
  archive.member("command", value.command, absent.command);
  archive.member("env", value.environment, absent.environment);
  archive.member("cwd", value.working_dir, absent.working_dir);
  archive.member("header", value.header, absent.header);
  archive.member("stdin", value.stdin_from, absent.stdin_from);
  archive.member("stdin_text", value.stdin_text, absent.stdin_text);
  archive.member("stdin_chunk_bytes", value.stdin_chunk_bytes, absent.stdin_chunk_bytes);
  archive.member("pace", value.pace, absent.pace);
  archive.member("heartbeat_ms", value.heartbeat_ms, absent.heartbeat_ms);
  archive.member("read_bytes_per_step", value.read_bytes_per_step, absent.read_bytes_per_step);
  archive.member("starts_after", value.starts_after, absent.starts_after);
  archive.member("starts_at_turn", value.starts_at_turn, absent.starts_at_turn);
  archive.member("ops", value.ops, absent.ops);
  archive.member("expect", value.expect, absent.expect);
}

template <class Archive>
void each(plan& value, Archive& archive) {
  const plan absent{};
  archive.required("case", value.case_id);
  archive.member("transport", value.transport, absent.transport);
  archive.member("mode", value.mode, absent.mode);
  archive.member("requires", value.requires_ids, absent.requires_ids);
  archive.member("checks", value.checks, absent.checks);
  archive.member("memory_growth_kib_max", value.memory_growth_kib_max, absent.memory_growth_kib_max);
  archive.member("seed", value.seed, absent.seed);
  archive.member("deadline_ms", value.deadline_ms, absent.deadline_ms);
  archive.member("daemon", value.daemon_args, absent.daemon_args);
  archive.member("clients", value.clients, absent.clients);
}

}  // namespace

std::string to_json(const plan& what) { return encode(what).dump(1) + '\n'; }

tl::expected<plan, std::string> from_json(std::string_view text) {
  try {
    plan what;
    decode(json::parse(text), what);
    return what;
  } catch (const std::exception& error) {
    return tl::unexpected(std::string(error.what()));
  }
}

}  // namespace nailbiter::plan
