#include "harness/command/build_identity.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

#include <fmt/core.h>
#include <link.h>

#include "source_hash.hpp"

namespace nailbiter::command {
namespace {

/// The GNU build id among the notes of one segment; empty if it is not there.
std::string build_id_in(std::span<const unsigned char> notes) {
  const auto aligned = [](std::size_t size) { return (size + 3) & ~std::size_t{3}; };
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    std::memcpy(&head, notes.data(), sizeof head);
    const std::size_t name_at = sizeof head;
    const std::size_t value_at = name_at + aligned(head.n_namesz);
    const std::size_t size = value_at + aligned(head.n_descsz);
    if (size > notes.size()) return {};
    const std::string_view name(reinterpret_cast<const char*>(notes.data()) + name_at, head.n_namesz);
    if (head.n_type == NT_GNU_BUILD_ID && name == std::string_view("GNU\0", 4)) {
      std::string id;
      for (const unsigned char byte : notes.subspan(value_at, head.n_descsz)) id += fmt::format("{:02x}", byte);
      return id;
    }
    notes = notes.subspan(size);
  }
  return {};
}

constexpr std::size_t shown_digits = 12;
constexpr std::size_t notes_bytes_max = 64 * 1024;

/// The bytes of `file` from `offset` on; fewer where it ends.
std::vector<unsigned char> bytes_of(std::ifstream& file, std::uint64_t offset, std::size_t count) {
  std::vector<unsigned char> bytes(count);
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return bytes;
}

template <class Header>
std::vector<Header> headers_in(std::ifstream& file, std::uint64_t offset, std::size_t count) {
  const auto bytes = bytes_of(file, offset, count * sizeof(Header));
  std::vector<Header> all(bytes.size() / sizeof(Header));
  if (!all.empty()) std::memcpy(all.data(), bytes.data(), all.size() * sizeof(Header));
  return all;
}

/// Of an ELF file of this machine's kind; else empty.
std::string build_id_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const auto head = headers_in<ElfW(Ehdr)>(file, 0, 1);
  if (head.empty() || std::memcmp(head[0].e_ident, ELFMAG, SELFMAG) != 0 || head[0].e_phentsize != sizeof(ElfW(Phdr))) return {};
  for (const auto& segment : headers_in<ElfW(Phdr)>(file, head[0].e_phoff, head[0].e_phnum)) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > notes_bytes_max) continue;
    const auto notes = bytes_of(file, segment.p_offset, segment.p_filesz);
    if (auto id = build_id_in(notes); !id.empty()) return id;
  }
  return {};
}

/// The program itself is told of first.
int visit_first(dl_phdr_info* info, std::size_t, void* into) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* at = reinterpret_cast<const unsigned char*>(info->dlpi_addr + segment.p_vaddr);
    auto id = build_id_in({at, segment.p_memsz});
    if (id.empty()) continue;
    *static_cast<std::string*>(into) = std::move(id);
    break;
  }
  return 1;
}

}  // namespace

std::string source_hash() { return generated_source_hash; }

std::string build_hash() {
  std::string id;
  ::dl_iterate_phdr(visit_first, &id);
  return id;
}

std::string program_of(std::int32_t pid) {
  const auto link = fmt::format("/proc/{}/exe", pid);
  std::error_code ec;
  const auto path = std::filesystem::read_symlink(link, ec);
  const auto id = ec ? std::string() : build_id_of(link);
  return id.empty() ? std::string() : fmt::format("{} build {}", path.filename().string(), id.substr(0, shown_digits));
}

std::string simulated_by_portfolio() {
  return fmt::format("the simulator, by schedules of the portfolio, build {} of sources {}", build_hash().substr(0, shown_digits), source_hash().substr(0, shown_digits));
}

}  // namespace nailbiter::command
