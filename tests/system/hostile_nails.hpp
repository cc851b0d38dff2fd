#pragma once

// Commands that use what belongs to the process: `hostile OP OPERANDS` on a thread, `hostile-coroutine` on the loop.

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reference/nail/blocking_nail.hpp"
#include "reference/nail/registry.hpp"

namespace naild::system_test {

/// What the run then prints.
inline std::string misuse(std::span<const base::bytes> words) {
  const std::string op = words[0];
  const std::string first = words.size() > 1 ? words[1] : "";
  const std::string second = words.size() > 2 ? words[2] : "";
  if (op == "printf") {
    std::printf("%s\n", first.c_str());
  } else if (op == "write") {
    (void)!::write(std::stoi(first), second.data(), second.size());
  } else if (op == "flood") {
    const std::string text(std::stoul(first), 'x');
    (void)!::write(STDOUT_FILENO, text.data(), text.size());
  } else if (op == "read") {
    char byte = 0;
    return std::to_string(::read(STDIN_FILENO, &byte, 1)) + "\n";
  } else if (op == "abort") {
    std::fprintf(stderr, "%s\n", first.c_str());
    std::abort();
  } else if (op == "getenv") {
    const char* value = std::getenv(first.c_str());
    return value == nullptr ? "<none>\n" : std::string(value) + "\n";
  } else if (op == "setenv") {
    ::setenv(first.c_str(), second.c_str(), 1);
  } else if (op == "unsetenv") {
    ::unsetenv(first.c_str());
  } else if (op == "chdir") {
    (void)!::chdir(first.c_str());
  } else if (op == "getcwd") {
    char path[4096];
    return std::string(::getcwd(path, sizeof path)) + "\n";
  } else if (op == "umask") {
    ::umask(static_cast<mode_t>(std::stoul(first, nullptr, 8)));
  } else if (op == "setlocale") {
    std::setlocale(LC_ALL, first.c_str());
  }
  return {};
}

class hostile final : public nail::blocking_nail {
 public:
  std::int32_t run(nail::blocking_context run) override {
    (void)run.write_stdout(misuse(run.arguments()));
    return 0;
  }
};

class hostile_coroutine final : public nail::nail {
 public:
  task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    const base::bytes text = misuse(run.arguments());
    (void)co_await run.write_stdout(text);
    co_return 0;
  }
};

inline void add_hostile_nails(nail::registry& nails, port::thread_pool& threads, const nail::blocking_terms& terms) {
  nails.add("hostile", [&threads, terms] { return nail::make_nail(std::make_unique<hostile>(), threads, terms); });
  nails.add("hostile-coroutine", [] { return std::make_unique<hostile_coroutine>(); });
}

}  // namespace naild::system_test
