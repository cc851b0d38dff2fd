#include "harness/command/live_setup.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "harness/command/data_folder.hpp"
#include "harness/command/evidence.hpp"
#include "harness/scenario/dialect_rules.hpp"
#include "reference/port/address.hpp"

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;

tl::unexpected<refusal> refuse(std::string text) { return tl::unexpected(refusal{exit_code::usage, std::move(text)}); }

bool is_there(const std::string& program_or_file) {
  if (program_or_file.find('/') != std::string::npos) return ::access(program_or_file.c_str(), F_OK) == 0;
  const char* path = std::getenv("PATH");
  std::string folders = path == nullptr ? "/usr/bin:/bin" : path;
  for (std::size_t begin = 0; begin <= folders.size();) {
    const auto end = std::min(folders.find(':', begin), folders.size());
    if (::access((fs::path(folders.substr(begin, end - begin)) / program_or_file).c_str(), X_OK) == 0) return true;
    begin = end + 1;
  }
  return false;
}

/// Words of profiles may name programs of this project and the folder of the profile.
places places_of_profile(const fs::path& folder) {
  // The folder of a profile in the working directory has no name.
  places where{{"here", fs::weakly_canonical(folder.empty() ? "." : folder).string()}};
  for (const char* name : {"naild", "nail", "puppet"}) where.emplace(name, (program_folder() / name).string());
  return where;
}

live_setup from_profile(const scenario::profile& from, const fs::path& folder) {
  const auto where = places_of_profile(folder);
  live_setup made;
  auto& to = made.description;
  to.name = from.name;
  to.command = placed(from.command, where);
  to.unix_form = from.unix_address.value_or("");
  to.tcp_form = from.tcp_address.value_or("");
  to.picks_its_port = from.takes_options;
  to.ready = from.ready == "connectable" ? "" : from.ready;
  if (to.picks_its_port && to.ready == "listening on") to.ready = target::target_description{}.ready;
  to.takes_daemon_args = from.takes_options;
  to.drains = from.drains;
  to.puppet_argv = from.puppet ? placed(from.puppet->argv, where) : std::vector<std::string>{};
  to.blocking_argv = from.puppet ? placed(from.puppet->blocking_argv, where) : std::vector<std::string>{};
  to.program_argv = from.program_argv;
  to.puppet_program = (program_folder() / "puppet").string();
  to.time_scale = from.time_scale;
  if (from.puppet) made.build = placed(from.puppet->build, where);
  for (const auto& need : placed(from.needs, where)) {
    if (is_there(need) || !made.missing.empty()) continue;
    made.missing = fmt::format("'{}' is not installed", need);
    if (!from.install.empty()) made.missing += "; " + from.install;
  }
  made.claims = from;
  // The profile's folder is known here only.
  const places here{{"here", where.at("here")}};
  made.claims->command = placed(from.command, here);
  made.claims->needs = placed(from.needs, here);
  if (made.claims->puppet) {
    for (auto* words : {&made.claims->puppet->argv, &made.claims->puppet->blocking_argv, &made.claims->puppet->build}) *words = placed(*words, here);
  }
  made.speaks = from.speaks;
  return made;
}

/// Sorted; empty where there is no such folder.
std::vector<std::string> profile_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const auto stem = entry.path().stem();
    if (entry.path().extension() == ".toml" && stem.extension() != ".known") names.push_back(stem.string());
  }
  std::ranges::sort(names);
  return names;
}

struct profile_file {
  scenario::profile content;
  fs::path folder;
};

tl::expected<profile_file, refusal> named_profile(const std::string& target, const fs::path& scenarios) {
  std::error_code ec;
  const auto folder = scenarios / "targets";
  auto file = folder / (target + ".toml");
  if (fs::is_regular_file(target, ec)) file = target;
  if (!fs::is_regular_file(file, ec)) {
    return refuse(fmt::format("no profile '{}': there is no such file, and the names in {} are {}", target, folder.string(), fmt::join(profile_names(folder), ", ")));
  }
  auto profile = scenario::read_profile(file.string());
  if (profile) return profile_file{std::move(*profile), file.parent_path()};
  std::string text;
  for (const auto& fault : profile.error()) text += (text.empty() ? "" : "\n") + to_string(fault);
  return refuse(text);
}

/// A daemon without a profile: it is what the command line says, and takes no options of naild.
live_setup unprofiled(const target_choice& against) {
  live_setup made;
  auto& to = made.description;
  to.takes_daemon_args = to.drains = false;
  to.picks_its_port = false;
  to.ready.clear();
  const auto where = places_of_profile({});
  to.puppet_argv = placed(against.puppet, where);
  to.blocking_argv = placed(against.blocking, where);
  to.program_argv = placed(against.program, where);
  to.puppet_program = (program_folder() / "puppet").string();
  return made;
}

tl::expected<live_setup, refusal> choose(const target_choice& against, const fs::path& scenarios) {
  if (!against.target.empty()) {
    const auto named = named_profile(against.target, scenarios);
    if (!named) return tl::unexpected(named.error());
    return from_profile(named->content, named->folder);
  }
  if (!against.connect.empty()) {
    auto made = unprofiled(against);
    made.description.name = made.description.connect = against.connect;
    const auto where = naild::port::parse_address(against.connect);
    if (!where) return refuse(where.error());
    if (where->kind == naild::port::transport::simulated) return refuse("sim: is no address of a live daemon");
    return made;
  }
  if (!against.exec.empty()) {
    auto made = unprofiled(against);
    made.description.name = fs::path(against.exec.front()).filename().string();
    made.description.command = against.exec;
    const bool placed = std::any_of(against.exec.begin(), against.exec.end(), [](const auto& word) { return word.find("{address}") != word.npos; });
    if (!placed) return refuse("--exec needs a word that holds {address}");
    return made;
  }
  live_setup made{.description = target::naild_at(program_folder() / "naild")};
  if (!against.puppet.empty()) made.description.puppet_argv = against.puppet;
  if (!against.program.empty()) made.description.program_argv = against.program;
  return made;
}

}  // namespace

std::vector<std::string> placed(std::vector<std::string> words, const places& where) {
  for (auto& word : words) {
    for (const auto& [name, value] : where) {
      const auto place = "{" + name + "}";
      for (auto at = word.find(place); at != word.npos; at = word.find(place, at + value.size())) word.replace(at, place.size(), value);
    }
  }
  return words;
}

tl::expected<plan::plan, std::string> live_setup::plan_for(const scenario::scenario_case& one) const { return plan_for(one, one.what); }

tl::expected<plan::plan, std::string> live_setup::plan_for(const scenario::scenario_case& one, const plan::plan& what) const {
  if (!missing.empty()) return tl::unexpected(missing);
  if (!one.source->runs_in("live")) return tl::unexpected(std::string("it runs in the simulator only"));
  if (claims) {
    const auto lacks = scenario::lacking(*claims, one.capabilities);
    if (!lacks.empty()) return tl::unexpected(fmt::format("the target lacks {}", fmt::join(lacks, ", ")));
  }
  auto why = scenario::differs(one.source->needs_dialect, speaks);
  if (why.empty()) why = target::cannot_play(description, what);
  if (!why.empty()) return tl::unexpected(std::move(why));
  return scenario::in_dialect(what, speaks);
}

tl::expected<live_setup, refusal> set_up(const target_choice& against, const fs::path& scenarios) {
  auto made = choose(against, scenarios);
  if (made && !against.dialect.empty()) {
    const auto spoken = named_profile(against.dialect, scenarios);
    if (!spoken) return tl::unexpected(spoken.error());
    made->speaks = spoken->content.speaks;
  }
  if (made) made->description.relay_argv = {(program_folder() / "nailbiter").string(), "actor"};
  return made;
}

std::vector<std::string> target_words(const target_choice& against) {
  std::vector<std::string> words;
  const auto add = [&words](const char* option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--target", against.target);
  add("--connect", against.connect);
  add("--dialect", against.dialect);
  for (const auto& word : against.puppet) add("--puppet", word);
  for (const auto& word : against.blocking) add("--blocking-puppet", word);
  for (const auto& word : against.program) add("--program", word);
  if (against.exec.empty()) return words;
  words.push_back("--exec");
  words.insert(words.end(), against.exec.begin(), against.exec.end());
  return words;
}

std::string words_of(const target_choice& against) {
  std::string line;
  for (const auto& word : target_words(against)) line += " " + shell_word(word);
  return line;
}

std::string dialect_hint(const target_choice& against) {
  const bool is_foreign = !against.exec.empty() || !against.connect.empty();
  if (!is_foreign || !against.target.empty() || !against.dialect.empty()) return {};
  return fmt::format("no profile says what this daemon promises, so it was held to what naild does; its own dialect, and a profile for --target, come from: "
                     "nailbiter probe{}", words_of(against));
}

}  // namespace nailbiter::command
