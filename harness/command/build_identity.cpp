#include "harness/command/build_identity.hpp"

#include <cstring>
#include <span>

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

}  // namespace nailbiter::command
