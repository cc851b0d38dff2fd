#include "reference/stdio/chunk_spill.hpp"

#include <cstring>

namespace naild::stdio {
namespace {

using length_type = std::uint32_t;

}  // namespace

bool chunk_spill::push(base::byte_view chunk) {
  if (files_ == nullptr) return false;
  if (!file_) file_ = files_->make();
  if (!file_) return false;
  const auto length = static_cast<length_type>(chunk.size());
  base::bytes record(sizeof length, '\0');
  std::memcpy(record.data(), &length, sizeof length);
  record += chunk;
  if (!file_->append(record)) return false;
  write_at_ += record.size();
  return true;
}

std::optional<base::bytes> chunk_spill::pop() {
  length_type length = 0;
  char prefix[sizeof length];
  base::bytes chunk;
  bool there = file_->read_at(read_at_, prefix);
  if (there) {
    std::memcpy(&length, prefix, sizeof length);
    chunk.resize(length);
    there = file_->read_at(read_at_ + sizeof length, chunk);
  }
  if (!there) return std::nullopt;
  read_at_ += sizeof length + length;
  if (empty()) clear();
  return chunk;
}

void chunk_spill::clear() noexcept {
  if (file_) file_->clear();
  read_at_ = write_at_ = 0;
}

}  // namespace naild::stdio
