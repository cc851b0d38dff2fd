#pragma once

// The variables of a program, from its own symbol table: what every thread and every run of it can reach by name. Thread-
// local ones are not among them.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::globals {

struct variable {
  std::string name;             // demangled
  std::uint64_t address = 0;    // in the file's own address space
  std::uint64_t size = 0;       // bytes

  friend bool operator==(const variable&, const variable&) = default;
};

struct program_variables {
  bool position_independent = false;      // else addresses are those of the process
  std::vector<variable> writable{};       // of .data and .bss, by address
};

/// Reads 64-bit ELF of this machine's byte order. The error says what is missing, symbols for example.
tl::expected<program_variables, std::string> variables_of(const std::filesystem::path& executable);

/// The same for the bytes of a file.
tl::expected<program_variables, std::string> variables_in(std::string_view elf);

}  // namespace nailbiter::globals
