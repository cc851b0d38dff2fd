#include "harness/globals/variables.hpp"

#include <cxxabi.h>
#include <elf.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include <fmt/core.h>

namespace nailbiter::globals {
namespace {

/// A value at this place of the file; nothing beyond its end.
template <class T>
std::optional<T> at(std::string_view elf, std::uint64_t offset) {
  if (offset > elf.size() || elf.size() - offset < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, elf.data() + offset, sizeof value);
  return value;
}

std::string_view text_at(std::string_view elf, std::uint64_t offset) {
  if (offset >= elf.size()) return {};
  const auto rest = elf.substr(offset);
  return rest.substr(0, rest.find('\0'));
}

std::string demangled(std::string_view symbol) {
  int status = -1;
  const std::string name(symbol);
  const std::unique_ptr<char, decltype(&std::free)> plain(abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 ? std::string(plain.get()) : name;
}

class reader {
 public:
  explicit reader(std::string_view elf) : elf_(elf) {}

  tl::expected<program_variables, std::string> read() {
    const auto head = at<Elf64_Ehdr>(elf_, 0);
    if (!head || std::memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || head->e_ident[EI_CLASS] != ELFCLASS64) {
      return tl::unexpected(std::string("it is no 64-bit ELF program"));
    }
    for (std::uint64_t index = 0; index < head->e_shnum; ++index) {
      const auto section = at<Elf64_Shdr>(elf_, head->e_shoff + index * sizeof(Elf64_Shdr));
      if (!section) return tl::unexpected(std::string("its section table is cut"));
      sections_.push_back(*section);
    }
    if (head->e_shstrndx < sections_.size()) names_ = sections_[head->e_shstrndx].sh_offset;
    program_variables found{.position_independent = head->e_type == ET_DYN};
    for (const auto& section : sections_) {
      if (section.sh_type == SHT_SYMTAB) take_symbols(section, found.writable);
    }
    if (found.writable.empty()) return tl::unexpected(std::string("it has no symbols of variables: it was stripped, or has none"));
    std::ranges::sort(found.writable, {}, [](const variable& one) { return std::pair(one.address, one.name); });
    const auto aliases = [](const variable& left, const variable& right) { return left.address == right.address; };
    found.writable.erase(std::unique(found.writable.begin(), found.writable.end(), aliases), found.writable.end());
    return found;
  }

 private:
  bool is_variables(std::uint16_t index) const {
    if (index >= sections_.size()) return false;
    const auto name = text_at(elf_, names_ + sections_[index].sh_name);
    return name == ".data" || name == ".bss";
  }

  void take_symbols(const Elf64_Shdr& table, std::vector<variable>& into) const {
    if (table.sh_link >= sections_.size()) return;
    const auto texts = sections_[table.sh_link].sh_offset;
    for (std::uint64_t offset = 0; offset + sizeof(Elf64_Sym) <= table.sh_size; offset += sizeof(Elf64_Sym)) {
      const auto symbol = at<Elf64_Sym>(elf_, table.sh_offset + offset);
      if (!symbol) return;
      if (ELF64_ST_TYPE(symbol->st_info) != STT_OBJECT || symbol->st_size == 0 || !is_variables(symbol->st_shndx)) continue;
      into.push_back({demangled(text_at(elf_, texts + symbol->st_name)), symbol->st_value, symbol->st_size});
    }
  }

  std::string_view elf_;
  std::vector<Elf64_Shdr> sections_;
  std::uint64_t names_ = 0;
};

}  // namespace

tl::expected<program_variables, std::string> variables_in(std::string_view elf) { return reader(elf).read(); }

tl::expected<program_variables, std::string> variables_of(const std::filesystem::path& executable) {
  std::ifstream in(executable, std::ios::binary);
  const std::string content(std::istreambuf_iterator<char>(in), {});
  auto found = variables_in(content);
  if (!found) return tl::unexpected(fmt::format("{}: {}", executable.string(), found.error()));
  return found;
}

}  // namespace nailbiter::globals
